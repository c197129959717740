import { describe, expect, test } from "@odoo/hoot";
import { heatCells } from "@lgo_oss_complaint/map/heat";

describe.current.tags("headless");

test("points of one square are counted together", () => {
    const cells = heatCells(
        [
            { lat: 18.7301, lon: 98.9401 },
            { lat: 18.7302, lon: 98.9402 },
            { lat: 18.75, lon: 98.95 },
        ],
        0.01,
    );
    expect(cells.map((cell) => cell.count).sort()).toEqual([1, 2]);
    expect(Math.max(...cells.map((cell) => cell.share))).toBe(1);
});

test("no points and no numbers make no squares", () => {
    expect(heatCells([], 0.01)).toEqual([]);
    expect(heatCells([{ lat: NaN, lon: 1 }], 0.01)).toEqual([]);
});
