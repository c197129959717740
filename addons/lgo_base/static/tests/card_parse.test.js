import { describe, expect, test } from "@odoo/hoot";

import {
    isValidId,
    parseAddress,
    parseCard,
    parseDate,
    parseName,
} from "@lgo_base/card_reader/card_parse";

describe.current.tags("headless");

test("the check digit of the number", () => {
    for (const id of ["1234567890121", "1101700203450", "0994000000014"]) {
        expect(isValidId(id)).toBe(true);
    }
    for (const id of [
        "1234567890122",
        "1101700203451",
        "123456789012",
        "12345678901210",
        "",
        "๑๒๓",
    ]) {
        expect(isValidId(id)).toBe(false);
    }
});

test("days of the Buddhist era, whole or in part", () => {
    expect(parseDate("25300405")).toEqual({ iso: "1987-04-05", text: "" });
    expect(parseDate("25300400")).toEqual({ iso: null, text: "เม.ย. 2530" });
    expect(parseDate("25300000")).toEqual({ iso: null, text: "พ.ศ. 2530" });
    for (const bad of ["25300231", "25301301", "19870405", "2530", "", undefined, "abcdefgh"]) {
        expect(parseDate(bad)).toEqual({ iso: null, text: "" });
    }
});

test("names and addresses are split at #", () => {
    expect(parseName("นาย#สมชาย##ใจดี")).toEqual({
        prefix: "นาย",
        first: "สมชาย",
        middle: "",
        last: "ใจดี",
    });
    expect(parseName("น.ส.#สมหญิง#กลาง#ใจดี  ").middle).toBe("กลาง");
    expect(parseAddress("99/1#หมู่ที่ 4###ถนนราษฎร์#ตำบลตัวอย่าง#อำเภอเมืองตัวอย่าง#จังหวัดตัวอย่าง")).toEqual({
        house: "99/1",
        moo: "4",
        alley: "",
        soi: "",
        road: "ราษฎร์",
        subdistrict: "ตัวอย่าง",
        district: "เมืองตัวอย่าง",
        province: "ตัวอย่าง",
    });
    const bangkok = parseAddress("1##ตรอกก#ซอยข##แขวงค#เขตง#กรุงเทพมหานคร");
    expect([bangkok.alley, bangkok.soi, bangkok.subdistrict, bangkok.district]).toEqual([
        "ก",
        "ข",
        "ค",
        "ง",
    ]);
    expect(bangkok.province).toBe("กรุงเทพมหานคร");
    expect(parseAddress("").house).toBe("");
});

test("a card: what is not asked for is dropped, and its last day counts", () => {
    const raw = {
        citizen_id: "1234567890121",
        name_th: "นาย#สมชาย##ใจดี",
        birth_date: "25300405",
        address: "1",
        expires: "25690101",
        photo: "/9j/4AAQ",
    };
    const card = parseCard(raw, "2026-01-02");
    expect(card.expired).toBe(true);
    expect(parseCard(raw, "2026-01-01").expired).toBe(false);
    expect(parseCard({ ...raw, expires: "99999999" }, "2099-01-01").expired).toBe(false);
    expect(JSON.stringify(card)).not.toInclude("/9j/");
    expect(parseCard({}, "2026-01-01").validId).toBe(false);
    expect(parseCard(null, "2026-01-01").validId).toBe(false);
});
