import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { PointMap } from "./point_map";

/** Map of the cases in the field, for officers: each sees the cases that the lists show too. */
export class ComplaintMap extends Component {
    static template = "lgo_oss_complaint.ComplaintMap";
    static components = { DateTimeInput, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.canvas = useRef("canvas");
        this.models = [
            { name: "lgo.oss.complaint", label: _t("Complaints") },
            { name: "lgo.oss.request", label: _t("Requests") },
        ];
        this.modes = [
            { code: "clusters", label: _t("Clusters") },
            { code: "points", label: _t("Points") },
            { code: "heat", label: _t("Heat") },
        ];
        this.state = useState({
            model: this.models[0].name,
            mode: "clusters",
            kind: "",
            code: "",
            from: "",
            to: "",
            kinds: [],
            states: [],
            points: [],
        });
        onWillStart(async () => {
            [this.settings] = await Promise.all([
                this.orm.call("lgo.oss.complaint", "action_map_settings", []),
                PointMap.load(),
                this.load(),
            ]);
        });
        onMounted(() => {
            this.map = new PointMap(this.canvas.el, {
                ...this.settings,
                onOpen: (point) =>
                    this.action.doAction({
                        type: "ir.actions.act_window",
                        res_model: point.model,
                        res_id: point.id,
                        views: [[false, "form"]],
                    }),
            });
            this.show();
        });
        onWillUnmount(() => this.map?.destroy());
    }

    get summary() {
        return _t("%s cases on the map", this.state.points.length);
    }

    /** A day of the state for the date box, which writes it in the Buddhist era. */
    day(name) {
        return this.state[name] ? deserializeDate(this.state[name]) : false;
    }

    setDay(name, value) {
        return this.set(name, value ? serializeDate(value) : "");
    }

    async load() {
        const { model, kind, code, from, to } = this.state;
        const answer = await this.orm.call(model, "action_map_points", [], {
            date_from: from || null,
            date_to: to || null,
            kinds: kind ? [Number(kind)] : null,
            states: code ? [code] : null,
        });
        Object.assign(this.state, answer);
    }

    show() {
        this.map?.setPoints(this.state.points, this.state.mode);
    }

    async set(name, value) {
        this.state[name] = value;
        if (name === "model") {
            Object.assign(this.state, { kind: "", code: "" });
        }
        if (name !== "mode") {
            await this.load();
        }
        this.show();
    }
}

registry.category("actions").add("lgo_oss_complaint.map", ComplaintMap);
