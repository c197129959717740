/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { Component, onMounted, onPatched, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useService } from "@web/core/utils/hooks";
import { InboxReading } from "./reading";

const MODEL = "lgo.eoffice.copy";
/** Rows that are shown at first, and that each "Show more" adds. */
const PAGE = 40;

/** What lies in front of the user: a list, and beside it (on a phone instead of it) one letter. */
export class Inbox extends Component {
    static template = "lgo_eoffice.Inbox";
    static components = { InboxReading };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({ box: "", limit: PAGE, data: null, page: null });
        onWillStart(async () => {
            await this.load();
            const copy = this.props.action.params?.copy_id;
            if (copy) {
                await this.open(copy);
            }
        });
        onMounted(() => this.focus());
        onPatched(() => this.focus());
    }

    /** What was just opened, added or left, for who listens or uses the keyboard. */
    focus() {
        this.focusNext?.()?.focus();
        this.focusNext = null;
    }

    heading() {
        const place = this.state.page ? ".o_lgo_inbox_reading" : ".o_lgo_inbox_list";
        return this.root.el?.querySelector(`${place} .o_lgo_inbox_heading`);
    }

    /** The row at a place of the list; the heading when there is none. */
    row(index) {
        return this.root.el?.querySelectorAll(".o_lgo_inbox_row")[index] || this.heading();
    }

    indexOf(id) {
        return this.state.data.rows.findIndex((row) => row.id === id);
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "action_inbox", [], {
            box: this.state.box || null,
            limit: this.state.limit,
        });
    }

    async choose(box) {
        this.state.box = this.state.box === box ? "" : box;
        this.state.limit = PAGE;
        await this.load();
    }

    async showMore() {
        this.state.limit = this.state.data.rows.length + PAGE;
        await this.load();
    }

    async more() {
        const shown = this.state.data.rows.length;
        await this.showMore();
        this.focusNext = () => this.row(shown);
    }

    async open(id) {
        this.state.page = await this.orm.call(MODEL, "action_read", [id]);
        this.focusNext = () => this.heading();
    }

    /** To the list, at the place that was left. */
    async back() {
        const id = this.state.page.id;
        await this.load();
        this.state.page = null;
        this.focusNext = () => this.row(this.indexOf(id));
    }

    async next() {
        const id = await this.orm.call(MODEL, "action_next", [this.state.page.id]);
        await this.goTo(id);
    }

    async goTo(id) {
        if (id) {
            await this.open(id);
            await this.load();
            if (this.indexOf(id) < 0 && this.state.data.more > 0) {
                await this.showMore();
            }
            return;
        }
        this.notification.add(_t("Nothing else waits for you."), { type: "info" });
        await this.back();
    }

    /** A step was done: say so, offer to take it back where that is possible, go on. */
    async done(label, id, nextId) {
        const takeBack = {
            name: _t("Take back"),
            onClick: async () => {
                close();
                await this.orm.call(MODEL, "action_take_back", [id]);
                await this.open(id);
                await this.load();
            },
        };
        const possible = await this.orm.call(MODEL, "action_can_take_back", [id]);
        const close = this.notification.add(label, {
            type: "success",
            buttons: possible ? [takeBack] : [],
        });
        await this.goTo(nextId);
    }

    async reload() {
        await this.open(this.state.page.id);
        await this.load();
    }

    openRegistry() {
        return this.action.doAction("lgo_eoffice.lgo_eoffice_letter_action_to_route");
    }

    openList() {
        return this.action.doAction("lgo_eoffice.lgo_eoffice_copy_action");
    }

    isOpen(row) {
        return this.state.page?.id === row.id;
    }

    timeClass(row) {
        return { 1: "text-bg-danger", 3: "text-bg-warning" }[row.color] || "text-bg-light";
    }
}

registry.category("actions").add("lgo_eoffice_inbox", Inbox);
