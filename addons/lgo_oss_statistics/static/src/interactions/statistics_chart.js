import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { drawChart } from "../charts/chart";

/** Draws the charts of the public statistics; the tables of the pages hold the same numbers. */
export class StatisticsChart extends Interaction {
    static selector = ".lgo_chart";

    async willStart() {
        const { chart: data, kind } = this.el.dataset;
        const canvas = this.el.querySelector("canvas");
        const chart = await drawChart(canvas, JSON.parse(data), kind);
        this.registerCleanup(() => chart.destroy());
    }
}

registry.category("public.interactions").add("lgo_oss_statistics.chart", StatisticsChart);
