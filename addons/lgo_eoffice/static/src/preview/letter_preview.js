/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { Component, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Saves that follow each other closely make one print. */
const DELAY = 400;
/** Beside the text there is room from here on. */
const WIDE = 1400;
const CHOICE = "lgo_eoffice.preview";
const VIEWER = "/web/static/lib/pdfjs/web/viewer.html";

/**
 * The letter as it will be printed, beside the form: drawn anew after each save; of a received
 * letter its paper, on demand with stamps and notes.
 */
export class LetterPreview extends Component {
    static template = "lgo_eoffice.LetterPreview";
    static props = { ...standardWidgetProps };

    setup() {
        const choice = browser.localStorage.getItem(CHOICE);
        this.state = useState({
            shown: choice ? choice === "1" : browser.innerWidth >= WIDE,
            stamped: false,
            version: this.version(this.props),
        });
        onWillUpdateProps((props) => {
            const version = this.version(props);
            browser.clearTimeout(this.timer);
            if (props.record.resId !== this.props.record.resId) {
                Object.assign(this.state, { version, stamped: false });
            } else if (version !== this.state.version) {
                this.timer = browser.setTimeout(() => (this.state.version = version), DELAY);
            }
        });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    version({ record }) {
        return String(record.data.write_date?.ts ?? "");
    }

    get record() {
        return this.props.record;
    }

    get isReceived() {
        return this.record.data.direction === "in";
    }

    get hasPaper() {
        const file = !this.isReceived || this.record.data.main_attachment_id;
        return Boolean(this.record.resId && file);
    }

    get url() {
        const page = this.state.stamped ? "stamped" : "preview";
        const source = `/lgo/eoffice/${page}/${this.record.resId}?v=${this.state.version}`;
        return `${VIEWER}?file=${encodeURIComponent(source)}#zoom=page-width&pagemode=none`;
    }

    toggle() {
        this.state.shown = !this.state.shown;
        browser.localStorage.setItem(CHOICE, this.state.shown ? "1" : "0");
    }

    stamp() {
        this.state.stamped = !this.state.stamped;
    }
}

registry.category("view_widgets").add("lgo_letter_preview", {
    component: LetterPreview,
    fieldDependencies: [
        { name: "write_date", type: "datetime" },
        { name: "direction", type: "selection" },
        { name: "main_attachment_id", type: "many2one" },
    ],
});
