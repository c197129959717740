import { describe, expect, test } from "@odoo/hoot";

import {
    boundsOf,
    clampPosition,
    graticuleLines,
    graticuleStep,
    pointInPolygons,
    polygonsOf,
} from "@lgo_base/interactions/map_geometry";

describe.current.tags("headless");

const SQUARE = [
    [100, 14],
    [101, 14],
    [101, 15],
    [100, 15],
    [100, 14],
];
const HOLE = [
    [100.4, 14.4],
    [100.6, 14.4],
    [100.6, 14.6],
    [100.4, 14.6],
    [100.4, 14.4],
];
const ISLAND = SQUARE.map(([lon, lat]) => [lon + 5, lat]);

test("every kind of GeoJSON that holds a polygon is understood", () => {
    const polygon = { type: "Polygon", coordinates: [SQUARE] };
    expect(polygonsOf(polygon)).toHaveLength(1);
    expect(polygonsOf(JSON.stringify(polygon))).toHaveLength(1);
    expect(polygonsOf({ type: "MultiPolygon", coordinates: [[SQUARE], [ISLAND]] })).toHaveLength(2);
    expect(polygonsOf({ type: "Feature", geometry: polygon })).toHaveLength(1);
    expect(
        polygonsOf({
            type: "FeatureCollection",
            features: [{ type: "Feature", geometry: polygon }],
        }),
    ).toHaveLength(1);
});

test("what is not a boundary is no boundary", () => {
    for (const wrong of [
        "",
        "{",
        null,
        undefined,
        "null",
        "5",
        {},
        { type: "Point", coordinates: [1, 2] },
        { type: "Polygon", coordinates: [[[1, 2]]] },
        {
            type: "Polygon",
            coordinates: [
                [
                    ["a", 2],
                    [3, 4],
                    [5, 6],
                    [1, 2],
                ],
            ],
        },
        { type: "Feature", geometry: null },
        { type: "FeatureCollection" },
    ]) {
        expect(polygonsOf(wrong)).toEqual([]);
    }
});

test("a point is inside, outside, in a hole, on an island", () => {
    const polygons = polygonsOf({
        type: "MultiPolygon",
        coordinates: [[SQUARE, HOLE], [ISLAND]],
    });
    expect(pointInPolygons(100.2, 14.2, polygons)).toBe(true);
    expect(pointInPolygons(99.9, 14.2, polygons)).toBe(false);
    expect(pointInPolygons(100.5, 14.5, polygons)).toBe(false);
    expect(pointInPolygons(105.5, 14.5, polygons)).toBe(true);
    expect(pointInPolygons(14.2, 100.2, polygons)).toBe(false);
    expect(pointInPolygons(100.2, 14.2, [])).toBe(false);
});

test("a dented boundary", () => {
    const dented = [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 4],
        [0, 0],
    ];
    expect(pointInPolygons(2, 3, [[dented]])).toBe(false);
    expect(pointInPolygons(2, 0.5, [[dented]])).toBe(true);
    expect(pointInPolygons(0.5, 3, [[dented]])).toBe(true);
});

test("positions are clamped, rounded and wrapped", () => {
    expect(clampPosition("14.12345678", "100.98765432")).toEqual({
        lat: 14.123457,
        lon: 100.987654,
    });
    expect(clampPosition(95, 460)).toEqual({ lat: 85, lon: 100 });
    expect(clampPosition(-95, -190)).toEqual({ lat: -85, lon: 170 });
    expect(clampPosition(0, 0)).toEqual({ lat: 0, lon: 0 });
    expect(clampPosition(0, 180)).toEqual({ lat: 0, lon: 180 });
    for (const [lat, lon] of [
        ["", ""],
        [null, 1],
        [1, undefined],
        ["x", 1],
        [NaN, 1],
        [1, Infinity],
        [" ", " "],
    ]) {
        expect(clampPosition(lat, lon)).toBe(null);
    }
});

test("bounds and grid", () => {
    expect(boundsOf([[SQUARE]])).toEqual([
        [14, 100],
        [15, 101],
    ]);
    expect(boundsOf([])).toBe(null);
    for (const span of [0.002, 0.03, 0.4, 7, 60]) {
        const count = span / graticuleStep(span);
        expect(count).toBeGreaterThan(1.9);
        expect(count).toBeLessThan(10.01);
    }
    expect(graticuleLines(13.98, 14.03, 0.01)).toEqual([13.98, 13.99, 14, 14.01, 14.02, 14.03]);
    expect(graticuleLines(-0.015, 0.015, 0.01)).toEqual([-0.01, 0, 0.01]);
});
