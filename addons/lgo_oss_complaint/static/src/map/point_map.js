/* global L */
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import {
    boundsOf,
    graticuleLines,
    graticuleStep,
    polygonsOf,
} from "@lgo_base/interactions/map_geometry";

import { heatCells } from "./heat";

// The middle of Thailand, when neither boundary nor centre is known.
const FALLBACK = [13.75, 100.5];

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
        canvas.setAttribute(
            "aria-label",
            _t("Map. Arrow keys move the map, + and - change its size."),
        );
        this.map = L.map(canvas, {
            attributionControl: false,
            zoomControl: false,
            minZoom: 5,
            maxZoom: 19,
            fadeAnimation: false,
            zoomAnimation: false,
        });
        L.control
            .zoom({ zoomInTitle: _t("Zoom in"), zoomOutTitle: _t("Zoom out") })
            .addTo(this.map);
        L.control.scale({ imperial: false }).addTo(this.map);
        const polygons = polygonsOf(boundary);
        const bounds = boundsOf(polygons);
        if (bounds) {
            this.map.fitBounds(bounds);
        } else {
            this.map.setView(lat && lon ? [lat, lon] : FALLBACK, lat && lon ? 14 : 6);
        }
        this.framed = Boolean(bounds);
        this.addTiles(tileUrl);
        this.grid = L.layerGroup().addTo(this.map);
        for (const rings of polygons) {
            L.polygon(
                rings.map((ring) => ring.map(([x, y]) => [y, x])),
                { className: "lgo_map_boundary", interactive: false, fillOpacity: 0.05, weight: 3 },
            ).addTo(this.map);
        }
        this.map.on("moveend", () => {
            this.drawGrid();
            if (this.mode === "heat") {
                this.draw();
            }
        });
        this.drawGrid();
        this.observer = new ResizeObserver(() => this.map.invalidateSize());
        this.observer.observe(canvas);
    }

    destroy() {
        this.observer.disconnect();
        this.map.remove();
    }

    /** Tiles are a bonus: a server that does not answer is dropped without a word. */
    addTiles(url) {
        if (!url) {
            return;
        }
        const tiles = L.tileLayer(url, { maxZoom: 19 });
        let loaded = 0;
        let failed = 0;
        tiles.on("tileload", () => loaded++);
        tiles.on("tileerror", () => {
            failed++;
            if (!loaded && failed > 3) {
                tiles.remove();
            }
        });
        tiles.addTo(this.map);
    }

    drawGrid() {
        this.grid.clearLayers();
        const bounds = this.map.getBounds();
        const [south, north] = [bounds.getSouth(), bounds.getNorth()];
        const [west, east] = [bounds.getWest(), bounds.getEast()];
        const step = graticuleStep(Math.max(north - south, east - west));
        const line = (from, to) =>
            L.polyline([from, to], {
                className: "lgo_map_grid",
                interactive: false,
                weight: 1,
            }).addTo(this.grid);
        for (const lat of graticuleLines(south, north, step)) {
            line([lat, west], [lat, east]);
        }
        for (const lon of graticuleLines(west, east, step)) {
            line([north, lon], [south, lon]);
        }
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
