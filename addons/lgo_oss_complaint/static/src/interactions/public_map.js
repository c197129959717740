import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { PointMap } from "../map/point_map";

/** Map of the reports beside its table; the table says everything without a map. */
export class PublicMap extends Interaction {
    static selector = ".lgo_public_map";
    dynamicContent = {
        ".lgo_map_mode": {
            "t-on-click": (ev) => this.setMode(ev.currentTarget.value),
            "t-att-aria-pressed": (el) => (el.value === this.mode ? "true" : "false"),
        },
    };

    setup() {
        this.mode = "clusters";
    }

    async willStart() {
        try {
            await PointMap.load();
        } catch {
            this.failed = true;
        }
    }

    start() {
        if (this.failed) {
            this.el.hidden = true;
            return;
        }
        const { points, boundary, centerLat, centerLon, tileUrl } = this.el.dataset;
        this.points = JSON.parse(points);
        this.map = new PointMap(this.el.querySelector(".lgo_map_canvas"), {
            boundary,
            lat: Number(centerLat),
            lon: Number(centerLon),
            tileUrl,
        });
        this.registerCleanup(() => this.map.destroy());
        this.setMode(this.mode);
    }

    setMode(mode) {
        this.mode = mode;
        this.map.setPoints(this.points, mode);
        this.updateContent();
    }
}

registry.category("public.interactions").add("lgo_oss_complaint.public_map", PublicMap);
