/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { Component, markup, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const MODEL = "lgo.eoffice.copy";
const TO_POST = ["propose", "endorse"];
const TO_UNITS = ["order", "approve"];
/** Keys of the steps; digits and some letters belong to the menu and the form. */
const HOTKEYS = {
    propose: "e",
    endorse: "e",
    ask: "u",
    report: "e",
    order: "o",
    approve: "a",
    acknowledge: "w",
    assign: "g",
    return: "t",
    confirm: "f",
    sign: "i",
    comment: "y",
};
const TO_OFFICER = ["order", "approve", "assign"];

/** One letter: its paper, the chain of notes, the steps that are possible. */
export class InboxReading extends Component {
    static template = "lgo_eoffice.InboxReading";
    static props = {
        page: Object,
        onBack: Function,
        onNext: Function,
        onDone: Function,
        onReload: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.text = useRef("text");
        this.state = useState({ ...this.empty(), choices: null });
        onWillUpdateProps((props) => {
            if (props.page !== this.props.page) {
                Object.assign(this.state, this.empty(), { choices: null });
            }
        });
    }

    empty() {
        return {
            action: "",
            words: "",
            post: "",
            user: "",
            units: {},
            due: "",
            busy: false,
            file: 0,
        };
    }

    get body() {
        return markup(this.props.page.body);
    }

    get difference() {
        return markup(this.props.page.difference);
    }

    get file() {
        return this.props.page.files[this.state.file];
    }

    get fileUrl() {
        const source = `/web/content/${this.file.id}`;
        return this.file.mimetype === "application/pdf"
            ? `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(source)}`
            : `/web/image/${this.file.id}`;
    }

    get phrases() {
        return this.props.page.phrases.filter((row) =>
            [this.state.action, ""].includes(row.action),
        );
    }

    hotkey(code) {
        return HOTKEYS[code];
    }

    get label() {
        return this.props.page.actions.find((row) => row.code === this.state.action)?.label;
    }

    asks(what) {
        const lists = { post: TO_POST, units: TO_UNITS, officer: TO_OFFICER, due: TO_OFFICER };
        return lists[what].includes(this.state.action);
    }

    async choose(code) {
        Object.assign(this.state, this.empty(), { action: code });
        if (this.asks("post") || this.asks("officer")) {
            this.state.choices = await this.orm.call(MODEL, "action_choices", [this.props.page.id]);
        }
    }

    /** A phrase fills the note; where it leaves a gap (…) the gap is marked to be typed over. */
    say(phrase) {
        this.state.words = phrase;
        const area = this.text.el;
        if (area) {
            area.value = phrase;
            area.focus();
            const gap = phrase.indexOf("…");
            area.setSelectionRange(
                gap < 0 ? phrase.length : gap,
                gap < 0 ? phrase.length : gap + 1,
            );
        }
    }

    /** The last day in the Buddhist era: the browser's own field shows the year C.E. */
    get dueText() {
        const [year, month, day] = (this.state.due || "").split("-").map(Number);
        if (!day) {
            return "";
        }
        return new Date(year > 2400 ? year - 543 : year, month - 1, day).toLocaleDateString(
            "th-TH-u-ca-buddhist",
            { day: "numeric", month: "long", year: "numeric" },
        );
    }

    async confirm() {
        if (this.state.busy) {
            return;
        }
        const { action, words, post, user, units, due } = this.state;
        this.state.busy = true;
        try {
            const next = await this.orm.call(MODEL, "action_move", [this.props.page.id], {
                action,
                text: words,
                post_id: Number(post) || null,
                user_id: Number(user) || null,
                unit_ids: Object.keys(units)
                    .filter((id) => units[id])
                    .map(Number),
                due_at: due || null,
                step: this.props.page.step,
            });
            await this.props.onDone(_t("%s: done", this.label), this.props.page.id, next);
        } finally {
            this.state.busy = false;
        }
    }

    async call(method) {
        await this.orm.call(MODEL, method, [this.props.page.id]);
        await this.props.onReload();
    }

    async passOn() {
        const action = await this.orm.call(MODEL, "action_pass_on", [this.props.page.id]);
        return this.action.doAction(action, { onClose: () => this.props.onReload() });
    }

    async answer() {
        const letter = [this.props.page.letter_id];
        return this.action.doAction(
            await this.orm.call("lgo.eoffice.letter", "action_answer", [letter]),
        );
    }

    openLetter() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "lgo.eoffice.letter",
            res_id: this.props.page.letter_id,
            views: [[false, "form"]],
        });
    }
}
