import {Interaction} from "@web/public/interaction";
import {drawChart} from "../charts/chart";
import {registry} from "@web/core/registry";

/** Draws the charts of the public statistics; the tables of the page hold the same numbers. */
export class StatisticsChart extends Interaction {
    static selector = ".lgo_chart";

    async willStart() {
        const canvas = this.el.querySelector("canvas");
        const chart = await drawChart(
            canvas,
            JSON.parse(this.el.dataset.chart),
            this.el.dataset.kind
        );
        this.registerCleanup(() => chart.destroy());
    }
}

registry
    .category("public.interactions")
    .add("lgo_oss_statistics.chart", StatisticsChart);
