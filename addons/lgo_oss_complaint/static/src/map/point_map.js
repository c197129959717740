/* global L */
import { loadBundle } from "@web/core/assets";
import {
    addTiles,
    drawBoundary,
    drawGrid,
    FALLBACK,
    makeMap,
} from "@lgo_base/interactions/map_base";
import { boundsOf, polygonsOf } from "@lgo_base/interactions/map_geometry";

import { heatCells } from "./heat";

/**
 * A map with many points: one by one, in clusters, or as heat. Without a tile server the border
 * of the municipality and a grid of degrees show where one is.
 */
export class PointMap {
    static async load() {
        await loadBundle("lgo_base.assets_map");
        await loadBundle("lgo_oss_complaint.assets_map");
    }

    /**
     * @param {HTMLElement} canvas
     * @param {Object} options boundary, lat, lon, tileUrl, onOpen(point)
     */
    constructor(canvas, { boundary, lat, lon, tileUrl, onOpen }) {
        this.onOpen = onOpen;
        this.map = makeMap(canvas, { zoomAnimation: false });
        const polygons = polygonsOf(boundary);
        const bounds = boundsOf(polygons);
        if (bounds) {
            this.map.fitBounds(bounds);
        } else {
            this.map.setView(lat && lon ? { lat, lon } : FALLBACK, lat && lon ? 14 : 6);
        }
        this.framed = Boolean(bounds);
        addTiles(this.map, tileUrl);
        this.grid = L.layerGroup().addTo(this.map);
        drawBoundary(this.map, polygons);
        this.map.on("moveend", () => {
            drawGrid(this.map, this.grid, { labels: false });
            if (this.mode === "heat") {
                this.draw();
            }
        });
        drawGrid(this.map, this.grid, { labels: false });
        this.observer = new ResizeObserver(() => this.map.invalidateSize());
        this.observer.observe(canvas);
    }

    destroy() {
        this.observer.disconnect();
        this.map.remove();
    }

    /**
     * @param {Array} points {lat, lon, title, state, done, urgent}
     * @param {string} mode points, clusters or heat
     */
    setPoints(points, mode) {
        this.points = points;
        this.mode = mode;
        if (!this.framed && points.length) {
            this.map.fitBounds(
                points.map((point) => [point.lat, point.lon]),
                { maxZoom: 15 },
            );
            this.framed = true;
        }
        this.draw();
    }

    draw() {
        this.layer?.remove();
        this.layer = this.mode === "heat" ? this.heatLayer() : this.pointLayer();
        this.layer.addTo(this.map);
    }

    pointLayer() {
        const layer =
            this.mode === "clusters"
                ? L.markerClusterGroup({ animate: false, showCoverageOnHover: false })
                : L.layerGroup();
        for (const point of this.points) {
            const text = [point.title, point.state].filter(Boolean).join(" · ");
            const marker = L.marker([point.lat, point.lon], {
                alt: text,
                title: text,
                keyboard: Boolean(this.onOpen),
                icon: L.divIcon({
                    className: `lgo_point${point.done ? " lgo_point_done" : ""}${
                        point.urgent ? " lgo_point_urgent" : ""
                    }`,
                    iconSize: [18, 18],
                }),
            });
            if (this.onOpen) {
                marker.on("click keypress", (ev) => {
                    if (ev.type === "click" || ev.originalEvent.key === "Enter") {
                        this.onOpen(point);
                    }
                });
            }
            layer.addLayer(marker);
        }
        return layer;
    }

    heatLayer() {
        const bounds = this.map.getBounds();
        const size = Math.max(bounds.getEast() - bounds.getWest(), 0.001) / 40;
        const layer = L.layerGroup();
        for (const cell of heatCells(this.points, size)) {
            L.rectangle(
                [
                    [cell.south, cell.west],
                    [cell.south + size, cell.west + size],
                ],
                {
                    className: "lgo_heat",
                    stroke: false,
                    interactive: false,
                    fillOpacity: 0.15 + 0.65 * cell.share,
                },
            ).addTo(layer);
        }
        return layer;
    }
}
