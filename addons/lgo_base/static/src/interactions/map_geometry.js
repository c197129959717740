// Pure functions on WGS 84 coordinates in degrees. GeoJSON (RFC 7946) writes [longitude, latitude].

export const LAT_LIMIT = 85; // Web Mercator, the projection of the map, ends near here

/**
 * @param {string|Object|null} source GeoJSON as text or object
 * @returns {Array} list of polygons, each a list of rings, each a list of [lon, lat];
 *     empty when there is nothing usable
 */
export function polygonsOf(source) {
    let data = source;
    if (typeof source === "string") {
        try {
            data = JSON.parse(source);
        } catch {
            return [];
        }
    }
    if (!data || typeof data !== "object") {
        return [];
    }
    switch (data.type) {
        case "FeatureCollection":
            return (data.features || []).flatMap(polygonsOf);
        case "Feature":
            return polygonsOf(data.geometry);
        case "GeometryCollection":
            return (data.geometries || []).flatMap(polygonsOf);
        case "Polygon":
            return [data.coordinates].filter(isPolygon);
        case "MultiPolygon":
            return (data.coordinates || []).filter(isPolygon);
    }
    return [];
}

function isPolygon(rings) {
    return (
        Array.isArray(rings) &&
        rings.length > 0 &&
        rings.every(
            (ring) =>
                Array.isArray(ring) &&
                ring.length >= 4 &&
                ring.every((p) => Number.isFinite(p?.[0]) && Number.isFinite(p?.[1])),
        )
    );
}

function inRing(lon, lat, ring) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i];
        const [xj, yj] = ring[j];
        if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) {
            inside = !inside;
        }
    }
    return inside;
}

/**
 * Whether a point lies in one of the polygons: in the outer ring and in no hole.
 *
 * @param {number} lon
 * @param {number} lat
 * @param {Array} polygons see polygonsOf
 */
export function pointInPolygons(lon, lat, polygons) {
    return polygons.some(
        ([outer, ...holes]) =>
            inRing(lon, lat, outer) && !holes.some((hole) => inRing(lon, lat, hole)),
    );
}

/**
 * A coordinate as it is stored: inside the world, six decimals (about 11 cm).
 *
 * @returns {{lat: number, lon: number}|null} null when it is not a place
 */
export function clampPosition(lat, lon) {
    const [y, x] = [toNumber(lat), toNumber(lon)];
    if (y === null || x === null) {
        return null;
    }
    const round = (value) => Math.round(value * 1e6) / 1e6;
    return {
        lat: round(Math.min(LAT_LIMIT, Math.max(-LAT_LIMIT, y))),
        // a map that was dragged around the world counts on: 460° is 100°
        lon: round(x >= -180 && x <= 180 ? x : ((((x + 180) % 360) + 360) % 360) - 180),
    };
}

function toNumber(value) {
    if (value === null || value === undefined || String(value).trim() === "") {
        return null;
    }
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
}

/** @returns {Array|null} [[south, west], [north, east]] of the polygons */
export function boundsOf(polygons) {
    const points = polygons.flat(2);
    if (!points.length) {
        return null;
    }
    const lons = points.map((p) => p[0]);
    const lats = points.map((p) => p[1]);
    return [
        [Math.min(...lats), Math.min(...lons)],
        [Math.max(...lats), Math.max(...lons)],
    ];
}

/**
 * Distance of the grid lines, so that about four to ten cross the screen.
 *
 * @param {number} span visible degrees
 */
export function graticuleStep(span) {
    const steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
    return steps.find((step) => span / step <= 10) || 30;
}

/** @returns {number[]} multiples of step between two values */
export function graticuleLines(from, to, step) {
    const lines = [];
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to + 1e-9; i++) {
        lines.push(Math.round(i * step * 1e6) / 1e6);
    }
    return lines;
}
