/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Whoever types pauses this long (milliseconds) before it is printed. */
const PAUSE = 900;
/** Beside the text there is room from here on. */
const WIDE = 1400;
const CHOICE = "lgo_eoffice.preview";
const VIEWER = "/web/static/lib/pdfjs/web/viewer.html";

/**
 * The letter as it will be printed, beside the form, drawn anew while it is being written; of a
 * received letter its paper, on demand with stamps and notes.
 */
export class LetterPreview extends Component {
    static template = "lgo_eoffice.LetterPreview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.frame = useRef("frame");
        const choice = browser.localStorage.getItem(CHOICE);
        this.state = useState({
            shown: choice ? choice === "1" : browser.innerWidth >= WIDE,
            stamped: false,
            version: this.version(this.record),
            typed: "", // address of the first paper of a letter that was never saved
            turn: 0,
            problem: "",
        });
        useRecordObserver((record) => {
            const version = this.version(record);
            if (record.resId !== this.shownId || version !== this.state.version) {
                Object.assign(this.state, { version, problem: "" });
                if (record.resId !== this.shownId) {
                    this.state.stamped = false;
                }
                this.shownId = record.resId;
                this.forget();
            }
            Object.values(record.data); // any of them may be printed
            this.later();
        });
        // the editor of the text tells its record only when it is left
        useBus(this.record.model.bus, "FIELD_IS_DIRTY", () => this.later());
        onWillUnmount(() => {
            browser.clearTimeout(this.timer);
            this.gone = true;
            this.forget();
        });
    }

    version({ data }) {
        return String(data.write_date?.ts ?? "");
    }

    get record() {
        return this.props.record;
    }

    get isReceived() {
        return this.record.data.direction === "in";
    }

    /** Whether what is typed is still to be printed: an own letter without number. */
    get isDraft() {
        return !this.isReceived && !this.record.data.register_entry_id;
    }

    get hasPaper() {
        if (this.isReceived) {
            return Boolean(this.record.resId && this.record.data.main_attachment_id);
        }
        return Boolean(this.record.resId || this.state.typed);
    }

    get url() {
        const page = this.state.stamped ? "stamped" : "preview";
        const source =
            this.state.typed ||
            `/lgo/eoffice/${page}/${this.record.resId}?v=${this.state.version}.${this.state.turn}`;
        return `${VIEWER}?file=${encodeURIComponent(source)}#zoom=page-width&pagemode=none`;
    }

    later() {
        browser.clearTimeout(this.timer);
        if (this.state.shown && this.isDraft) {
            this.timer = browser.setTimeout(() => this.draw(), PAUSE);
        }
    }

    /** Print what is typed and not saved; the last paper stays when it can't be printed so. */
    async draw() {
        const record = this.record;
        if (this.drawing) {
            this.again = true;
            return;
        }
        this.drawing = true;
        try {
            const changes = await record.getChanges();
            const asked = JSON.stringify(changes);
            if (
                record.resId ? !Object.keys(changes).length : !changes.subject || !changes.kind_id
            ) {
                this.forget();
            } else if (asked !== this.asked) {
                this.asked = asked;
                const ids = record.resId ? [record.resId] : [];
                const pdf = await this.orm.silent.call(
                    record.resModel,
                    "action_preview_unsaved",
                    [ids, changes],
                    { context: record.context },
                );
                if (!this.gone && asked === this.asked) {
                    await this.show(Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0)));
                }
            }
        } catch (error) {
            // such as a required field that is still empty: it is said when it is saved
            this.state.problem = error.data?.message ?? "";
        } finally {
            this.drawing = false;
            if (this.again && !this.gone) {
                this.again = false;
                this.later();
            }
        }
    }

    /** Put the paper in place of the last one; the reader keeps the place where he reads. */
    async show(bytes) {
        this.state.problem = "";
        const viewer = this.frame.el?.contentWindow?.PDFViewerApplication;
        const source = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
        if (!viewer?.pdfDocument) {
            this.forget();
            this.state.typed = source;
            return;
        }
        const place = viewer.appConfig.mainContainer;
        const top = place.scrollTop;
        const back = () => (place.scrollTop = top);
        viewer.eventBus.on("pagesloaded", back, { once: true });
        this.drawn = true;
        await viewer.open({ url: source });
        URL.revokeObjectURL(source);
    }

    /** What was typed is saved or given up: the paper comes from the server again. */
    forget() {
        this.asked = undefined;
        if (this.drawn) {
            this.drawn = false;
            this.state.turn++;
        }
        if (this.state.typed) {
            URL.revokeObjectURL(this.state.typed);
            this.state.typed = "";
        }
    }

    toggle() {
        this.state.shown = !this.state.shown;
        browser.localStorage.setItem(CHOICE, this.state.shown ? "1" : "0");
        this.later();
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
        { name: "register_entry_id", type: "many2one" },
    ],
});
