import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";

const { DateTime, Settings } = luxon;

const iso = (date) => date && date.toISODate();
const isoTime = (date) => date && date.toISO({ includeOffset: false, suppressMilliseconds: true });

function useLanguage(locale, dateFormat) {
    patchWithCleanup(Settings, { defaultLocale: locale, defaultNumberingSystem: "latn" });
    patchWithCleanup(localization, {
        dateFormat,
        timeFormat: "HH:mm:ss",
        dateTimeFormat: `${dateFormat} HH:mm:ss`,
    });
}

beforeEach(() => {
    allowTranslations();
    mockDate("2026-11-23 09:30:00", +7);
});

describe("Thai", () => {
    beforeEach(() => useLanguage("th-TH", "dd/MM/yyyy"));

    test("format", () => {
        const date = DateTime.local(2026, 11, 23, 9, 30);
        expect(formatDate(date)).toBe("23/11/2569");
        expect(formatDateTime(date)).toBe("23/11/2569 09:30:00");
        for (const [format, expected] of [
            ["yyyy", "2569"],
            ["y", "2569"],
            ["yy", "69"],
            ["MMMM yyyy", "พฤศจิกายน 2569"],
            ["d MMM yy", "23 พ.ย. 69"],
            ["'yyyy' yyyy", "yyyy 2569"],
            ["'W'W kkkk", "W48 2569"],
            ["HH:mm", "09:30"],
        ]) {
            expect(formatDate(date, { format })).toBe(expected);
        }
        for (const [day, expected] of [
            ["2024-02-29", "29/02/2567"],
            ["2025-12-31", "31/12/2568"],
            ["2026-01-01", "01/01/2569"],
            ["1941-03-31", "31/03/2484"],
            ["1857-01-01", "01/01/2400"],
            ["1856-12-31", "31/12/1856"],
            ["9999-12-31", "31/12/10542"],
        ]) {
            expect(formatDate(DateTime.fromISO(day))).toBe(expected);
        }
    });

    test("format with the words of the language", () => {
        const past = DateTime.local(2025, 11, 23, 9, 30);
        expect(toLocaleDateString(past)).toBe("23 พ.ย. 2568");
        expect(toLocaleDateTimeString(past)).toInclude("23 พ.ย. 2568");
        expect(toLocaleDateString(DateTime.local(2026, 11, 23))).toBe("23 พ.ย.");
        expect(past.toLocaleString(DateTime.DATE_FULL)).toInclude("2568");
        expect(past.toLocaleString(DateTime.DATETIME_SHORT)).toInclude("23/11/2568");
        expect(past.toFormat("DDD")).toInclude("2568");
        expect(DateTime.local(1850, 1, 2).toLocaleString(DateTime.DATE_MED)).toInclude("1850");
        expect(DateTime.invalid("x").toFormat("yyyy")).toBe("Invalid DateTime");
    });

    test("the days that a text means", () => {
        for (const text of [
            "23/11/2569",
            "23/11/2026",
            "23/11/69",
            "๒๓/๑๑/๒๕๖๙",
            "๒๓ พ.ย. ๒๕๖๙",
            "23 พฤศจิกายน 2569",
            "23 พ.ย. 69",
            "23 พย 2569",
            "23พ.ย.2569",
            "23 พ.ย. พ.ศ. 2569",
            "23 พฤศจิกายน พุทธศักราช ๒๕๖๙",
            "23 พฤศจิกายน ค.ศ. 2026",
            "วันที่ 23 พฤศจิกายน 2569",
            "วันจันทร์ที่ 23 พฤศจิกายน 2569",
            "23-11-2569",
            "23.11.2569",
            "23 11 2569",
            " 23 / 11 / 2569 ",
            "2569-11-23",
            "2026-11-23",
            "23112569",
            "23112026",
            "231169",
            "23/11",
            "2311",
        ]) {
            expect(iso(parseDate(text))).toBe("2026-11-23", { message: text });
        }
        for (const [text, expected] of [
            ["29/02/2567", "2024-02-29"],
            ["29 ก.พ. 67", "2024-02-29"],
            ["29022567", "2024-02-29"],
            ["1/1/00", "1957-01-01"],
            ["31/12/99", "2056-12-31"],
            ["1/1/2400", "1857-01-01"],
            ["31/12/2399", "2399-12-31"],
            ["31/3/2484", "1941-03-31"],
            ["1 ก.พ. 2483", "1940-02-01"],
            ["+1d", "2026-11-24"],
            ["-2w", "2026-11-09"],
            ["today", "2026-11-23"],
        ]) {
            expect(iso(parseDate(text))).toBe(expected, { message: text });
        }
        expect(parseDate("")).toBe(false);
    });

    test("texts that mean no day", () => {
        for (const text of [
            "31/2/2569",
            "29/2/2568",
            "29/2/68",
            "29/02/2569",
            "31/02/69",
            "31022569",
            "290268",
            "23/13/2569",
            "0/11/2569",
            "23/0/2569",
            "23/11/0",
            "23/11/9",
            "23/11/569",
            "23/11/0000",
            "23/11/0069",
            "-23/11/2569",
            "23/11/-2569",
            "23/-11/2569",
            "23/11/99999",
            "23/1/12569",
            "231125699",
            "25691123",
            "2569-11",
            "2569-W48",
            "2569-327",
            "2569-13-01",
            "23 พ.ย. ค.ศ. 26",
            "23 พฤษจิกายน 2569",
            "23 ก่ำ๊ 2569",
            "23 𠀀 2569",
            "<b>23/11/2569</b>",
            "23/11/2569; DROP",
        ]) {
            expect(() => parseDate(text)).toThrow(/is not a correct/, { message: text });
        }
    });

    test("date and time", () => {
        for (const text of [
            "23/11/2569 09:30:00",
            "23/11/2026 09:30:00",
            "23/11/69 9:30",
            "๒๓ พ.ย. ๒๕๖๙ ๐๙.๓๐ น.",
            "23 พฤศจิกายน 2569 เวลา 09.30 น.",
            "23 พ.ย. 2569, 09:30",
            "2569-11-23 09:30",
            "2569-11-23T09:30:00",
            "231125690930",
            "23112569093000",
        ]) {
            expect(isoTime(parseDateTime(text))).toBe("2026-11-23T09:30:00", { message: text });
        }
        expect(isoTime(parseDateTime("23/11/2569"))).toBe("2026-11-23T00:00:00");
        expect(isoTime(parseDateTime("29/02/2567 23:59:59"))).toBe("2024-02-29T23:59:59");
        for (const text of [
            "23/11/2569 24:00",
            "23/11/2569 09:60",
            "23/11/2569 -1:00",
            "31/02/2569 09:30",
            "23/11/2569 09:30 xx",
        ]) {
            expect(() => parseDateTime(text)).toThrow(/is not a correct/, { message: text });
        }
    });

    test("time zones and a clock of twelve hours", () => {
        const moment = parseDateTime("23/11/2569 00:30", { tz: "Asia/Bangkok" });
        expect(serializeDateTime(moment)).toBe("2026-11-22 17:30:00");
        const format = "dd/MM/yyyy hh:mm a";
        const date = DateTime.local(2024, 2, 29, 14, 30);
        const text = formatDateTime(date, { format });
        expect(text).toInclude("29/02/2567 02:30");
        expect(isoTime(parseDateTime(text, { format }))).toBe("2024-02-29T14:30:00");
    });

    test("what is shown reads back as the same day", () => {
        for (let year = 1800; year <= 2100; year += 1) {
            for (const date of [
                DateTime.local(year, 1, 1),
                DateTime.local(year, 2, 1).endOf("month").startOf("day"),
                DateTime.local(year, 12, 31),
            ]) {
                expect(iso(parseDate(formatDate(date)))).toBe(iso(date));
            }
        }
    });

    test("other formats of the language", () => {
        const date = DateTime.local(2026, 11, 3);
        for (const format of ["d MMM yyyy", "d MMMM yy", "dd-MM-yyyy", "MM/dd/yyyy", "dd.MM.yy"]) {
            const text = formatDate(date, { format });
            expect(text).toMatch(/69/);
            expect(iso(parseDate(text, { format }))).toBe("2026-11-03", { message: text });
        }
        expect(iso(parseDate("2569", { format: "yyyy" }))).toBe("2026-01-01");
        expect(iso(parseDate("11/2569", { format: "MM/yyyy" }))).toBe("2026-11-01");
    });

    test("what goes to and comes from the server stays Gregorian", () => {
        const date = parseDate("23/11/2569");
        expect(serializeDate(date)).toBe("2026-11-23");
        expect(serializeDateTime(DateTime.local(2026, 11, 23, 0, 30))).toBe("2026-11-22 17:30:00");
        expect(iso(deserializeDate("2026-11-23"))).toBe("2026-11-23");
        expect(serializeDateTime(deserializeDateTime("2026-11-22 17:30:00"))).toBe(
            "2026-11-22 17:30:00",
        );
        expect(serializeDate(deserializeDate("2569-11-23"))).toBe("2569-11-23");
        expect(date.toISODate()).toBe("2026-11-23");
        expect(date.toSQLDate()).toBe("2026-11-23");
        expect(date.year).toBe(2026);
        expect(JSON.stringify(date)).toInclude("2026-11-23");
        expect(date.toFormat("yyyy-MM-dd HH:mm:ss")).toBe("2026-11-23 00:00:00");
        expect(date.toFormat("yyyyMMdd")).toBe("20261123");
        expect(date.toFormat("MM/dd/yyyy", { numberingSystem: "latn" })).toBe("11/23/2026");
        expect(iso(DateTime.fromFormat("2569-11-23", "yyyy-MM-dd"))).toBe("2569-11-23");
        expect(iso(DateTime.fromISO("2026-11-23"))).toBe("2026-11-23");
    });

    test("a date in another language inside a Thai page stays Gregorian", () => {
        const date = DateTime.local(2025, 11, 23).setLocale("en");
        expect(date.toFormat("dd/MM/yyyy")).toBe("23/11/2025");
        expect(date.toLocaleString(DateTime.DATE_MED)).toBe("Nov 23, 2025");
    });
});

describe("English", () => {
    beforeEach(() => useLanguage("en-US", "MM/dd/yyyy"));

    test("nothing changes", () => {
        const date = DateTime.local(2025, 11, 23, 9, 30);
        expect(formatDate(date)).toBe("11/23/2025");
        expect(formatDateTime(date)).toBe("11/23/2025 09:30:00");
        expect(toLocaleDateString(date)).toBe("Nov 23, 2025");
        expect(iso(parseDate("11/23/2026"))).toBe("2026-11-23");
        expect(iso(parseDate("11/23/2569"))).toBe("2569-11-23");
        expect(iso(parseDate("2569-11-23"))).toBe("2569-11-23");
        expect(iso(parseDate("11/23/26"))).toBe("2026-11-23");
        expect(() => parseDate("23 พ.ย. 2569")).toThrow(/is not a correct/);
    });
});
