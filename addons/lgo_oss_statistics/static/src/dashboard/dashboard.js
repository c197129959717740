import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { drawChart } from "../charts/chart";

/** The officer's own work, and the figures of the unit or of all units. */
export class StatisticsDashboard extends Component {
    static template = "lgo_oss_statistics.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.charts = [];
        this.state = useState({ data: null });
        onWillStart(() => Promise.all([this.load(null), loadBundle("web.chartjs_lib")]));
        onMounted(() => this.draw());
        onWillUnmount(() => this.clear());
    }

    get months() {
        const names = [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        const format = new Intl.DateTimeFormat("th-TH", { month: "long" });
        return names.map((number) => ({
            number,
            name: format.format(new Date(2001, number - 1, 1)),
        }));
    }

    async load(year) {
        this.state.data = await this.orm.call("lgo.oss.dashboard", "action_dashboard", [], {
            year,
        });
    }

    clear() {
        this.charts.forEach((chart) => chart.destroy());
        this.charts = [];
    }

    async draw() {
        this.clear();
        for (const chart of this.state.data.charts) {
            const canvas = this.root.el.querySelector(`canvas[data-code="${chart.code}"]`);
            const drawn = await drawChart(canvas, chart, chart.kind, (place) => {
                if (chart.domains[place]) {
                    this.open(chart.title, chart.domains[place]);
                }
            });
            this.charts.push(drawn);
        }
    }

    async onYear(ev) {
        await this.load(Number(ev.target.value));
        await this.draw();
    }

    onMonth(ev) {
        if (ev.target.value) {
            this.download(ev.target.value);
            ev.target.value = "";
        }
    }

    download(month) {
        const query = new URLSearchParams({ year: this.state.data.year });
        if (month) {
            query.set("month", month);
        }
        this.action.doAction({
            type: "ir.actions.act_url",
            url: `/lgo/statistics/workbook?${query}`,
            target: "download",
        });
    }

    open(name, domain) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "lgo.case.register",
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
            ],
        });
    }

    chartLabel(chart) {
        return _t("Chart: %s", chart.title);
    }
}

registry.category("actions").add("lgo_oss_statistics.dashboard", StatisticsDashboard);
