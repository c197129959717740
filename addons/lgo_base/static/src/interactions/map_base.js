/* global L */
import { _t } from "@web/core/l10n/translation";

import { graticuleLines, graticuleStep } from "./map_geometry";

// What all maps share. Leaflet must be loaded: `loadBundle("lgo_base.assets_map")`.

/** The middle of Thailand, when neither boundary nor centre is known. */
export const FALLBACK = { lat: 13.75, lon: 100.5 };

/**
 * @param {HTMLElement} canvas
 * @param {Object} [options] of Leaflet's map, beside ours
 * @returns {Object} a map with the controls for its size; it has no view yet
 */
export function makeMap(canvas, options = {}) {
    canvas.setAttribute("aria-label", _t("Map. Arrow keys move the map, + and - change its size."));
    const map = L.map(canvas, {
        attributionControl: false,
        zoomControl: false,
        minZoom: 5,
        maxZoom: 19,
        fadeAnimation: false,
        ...options,
    });
    L.control.zoom({ zoomInTitle: _t("Zoom in"), zoomOutTitle: _t("Zoom out") }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    return map;
}

/** Tiles are a bonus: a server that does not answer is dropped without a word. */
export function addTiles(map, url, attribution = "") {
    if (!url) {
        return;
    }
    const tiles = L.tileLayer(url, { maxZoom: 19, attribution });
    let loaded = 0;
    let failed = 0;
    tiles.on("tileload", () => loaded++);
    tiles.on("tileerror", () => {
        failed++;
        if (!loaded && failed > 3) {
            tiles.remove();
        }
    });
    tiles.addTo(map);
}

/**
 * Draw the border of the municipality.
 *
 * @param {Object} map
 * @param {Array} polygons see `polygonsOf`
 */
export function drawBoundary(map, polygons) {
    for (const rings of polygons) {
        L.polygon(
            rings.map((ring) => ring.map(([lon, lat]) => [lat, lon])),
            { className: "lgo_map_boundary", interactive: false, fillOpacity: 0.08, weight: 3 },
        ).addTo(map);
    }
}

/**
 * Grid lines with their degrees, so that the map tells something without any tile.
 *
 * @param {Object} map
 * @param {Object} layer group of layers that holds the grid
 * @param {{labels: boolean}} [options]
 */
export function drawGrid(map, layer, { labels = true } = {}) {
    layer.clearLayers();
    const bounds = map.getBounds();
    const [south, north] = [bounds.getSouth(), bounds.getNorth()];
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    const step = graticuleStep(Math.max(north - south, east - west));
    const digits = Math.max(0, Math.ceil(-Math.log10(step)));
    // the label stands at the first of the two ends
    const line = (from, to, value) => {
        L.polyline([from, to], {
            className: "lgo_map_grid",
            interactive: false,
            weight: 1,
        }).addTo(layer);
        if (labels) {
            L.marker(from, {
                interactive: false,
                keyboard: false,
                icon: L.divIcon({ className: "lgo_map_grid_label", html: value.toFixed(digits) }),
            }).addTo(layer);
        }
    };
    for (const lat of graticuleLines(south, north, step)) {
        line([lat, west], [lat, east], lat);
    }
    for (const lon of graticuleLines(west, east, step)) {
        line([north, lon], [south, lon], lon);
    }
}
