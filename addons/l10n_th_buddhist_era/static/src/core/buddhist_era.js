/**
 * The arithmetic of the Buddhist era (พ.ศ.) and the ways a Thai user writes a date.
 *
 * Rules, the same as in buddhist_era.py:
 * - พ.ศ. = Gregorian year + 543; stored values stay Gregorian;
 * - a year of four digits from 2400 on is พ.ศ., a lower one is ค.ศ.;
 *   "พ.ศ." or "ค.ศ." before the year decides otherwise;
 * - a year of two digits is the short form of พ.ศ. 2500 to 2599: 69 is 2569;
 * - years before พ.ศ. 2400 are shown in ค.ศ., so that what is shown reads back as the same day.
 */

export const OFFSET = 543;
export const FIRST_BUDDHIST_YEAR = 2400;
const SHORT_YEAR_BASE = 2500;
const FIRST_YEAR = 1000; // what the server can store

const MONTHS = new Map(
    [
        ["มกราคม", "มค"],
        ["กุมภาพันธ์", "กพ"],
        ["มีนาคม", "มีค"],
        ["เมษายน", "เมย"],
        ["พฤษภาคม", "พค"],
        ["มิถุนายน", "มิย"],
        ["กรกฎาคม", "กค"],
        ["สิงหาคม", "สค"],
        ["กันยายน", "กย"],
        ["ตุลาคม", "ตค"],
        ["พฤศจิกายน", "พย"],
        ["ธันวาคม", "ธค"],
    ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

const ERA = "(?<era>พ\\.?\\s?ศ\\.?|พุทธศักราช|ค\\.?\\s?ศ\\.?|คริสต์ศักราช)?";
const YEAR = `${ERA}\\s*(?<year>\\d{4}|\\d{2})`;
const TIME =
    "(?:(?:\\s*,?\\s*(?:เวลา\\s*)|\\s*,?\\s+|T)(?<hour>\\d{1,2})[:.](?<minute>\\d{2})" +
    "(?:[:.](?<second>\\d{2}))?\\s*(?:น\\.?|นาฬิกา)?)?";
const DAY_PREFIX = "(?:วัน\\S{0,12}ที่\\s*|ที่\\s*)?";
const PATTERNS = [
    // 23/11/2569, 23-11-69, 23.11.2026, 23 11 2569, 23/11/2569 09:30
    `(?<first>\\d{1,2})\\s*(?<separator>[/.\\-\\s])\\s*(?<second_>\\d{1,2})\\s*\\k<separator>\\s*${YEAR}${TIME}`,
    // 23 พ.ย. 2569, 23 พฤศจิกายน พ.ศ. 2569 เวลา 09.30 น.
    `${DAY_PREFIX}(?<day>\\d{1,2})\\s*[/.\\-]?\\s*(?<name>[ก-์.]+?)\\s*[/.,\\-]?\\s*${YEAR}${TIME}`,
    // 2569-11-23
    `(?<year>\\d{4})(?<separator>[/\\-])(?<month>\\d{1,2})\\k<separator>(?<day>\\d{1,2})${TIME}`,
    // 231169, 23112569, 231125690930
    "(?<first>\\d{2})(?<second_>\\d{2})(?<year>\\d{2}|\\d{4}(?:(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?)?)",
].map((pattern) => new RegExp(`^${pattern}$`));

/**
 * @param {string} [locale] e.g. "th-TH"
 */
export function isThai(locale) {
    return /^th\b/i.test(locale || "");
}

/**
 * @param {number} year Gregorian
 * @returns {number} the year to show
 */
export function toBuddhistYear(year) {
    const shifted = year + OFFSET;
    return shifted >= FIRST_BUDDHIST_YEAR ? shifted : year;
}

/**
 * Adds 543 to each year of four digits in a label that was put together from Gregorian years.
 *
 * @param {string} text
 */
export function shiftYears(text) {
    return text.replace(/(?<!\d)\d{4}(?!\d)/g, (year) => toBuddhistYear(Number(year)));
}

/**
 * Splits a Luxon format into runs of one letter and quoted or other literals.
 *
 * @param {string} format
 * @returns {string[]}
 */
function splitFormat(format) {
    return format.match(/'[^']*'?|([A-Za-z])\1*|[^A-Za-z']+/g) || [];
}

/**
 * Tells whether a format is made for machines: year first, then the number of the month, as in
 * ISO 8601 and SQL. Nobody in Thailand writes a date to be read that way.
 *
 * @param {string} format
 */
export function isMachineFormat(format) {
    return /^y+[^A-Za-z']*(?:MM?|LL?)(?![ML])/.test(format);
}

/**
 * Tells whether a format has day, month and year.
 *
 * @param {string} format
 */
function isFullDateFormat(format) {
    const tokens = splitFormat(format);
    return ["d", ["M", "L"], "y"].every((letters) =>
        tokens.some((token) => letters.includes(token[0])),
    );
}

/**
 * Replaces the years of a Luxon format by the Buddhist years of a date.
 *
 * @param {string} format
 * @param {luxon.DateTime} date
 * @returns {string} a format that prints the Buddhist year
 */
export function toBuddhistFormat(format, date) {
    return splitFormat(format)
        .map((token) => {
            let year;
            if (/^y+$/.test(token)) {
                year = date.year;
            } else if (/^(kk|kkkk)$/.test(token)) {
                year = date.weekYear;
            } else if (/^(ii|iiii)$/.test(token)) {
                year = date.localWeekYear;
            } else {
                return token;
            }
            const text = String(toBuddhistYear(year));
            return `'${token.length === 2 ? text.slice(-2) : text.padStart(token.length, "0")}'`;
        })
        .join("");
}

/**
 * @param {string} text
 */
function toArabicDigits(text) {
    return text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50);
}

/**
 * @param {string} year two or four digits
 * @param {string} [era] "พ.ศ.", "ค.ศ." or one of their long forms
 * @returns {number} the Gregorian year, NaN if it cannot be told
 */
function toGregorianYear(year, era = "") {
    const value = Number(year);
    const isChristian = era.startsWith("ค");
    if (year.length === 2) {
        return isChristian ? NaN : SHORT_YEAR_BASE + value - OFFSET;
    }
    const isBuddhist = era ? !isChristian : value >= FIRST_BUDDHIST_YEAR;
    return isBuddhist ? value - OFFSET : value;
}

/**
 * Reads a date, with or without a time, as Thai users write it.
 *
 * @param {string} text
 * @param {string} format Luxon format of the user's language; tells whether day or month is first
 * @returns {false | null | Object} false if the text is none of the known forms, null if it is
 *  but there is no such day, year or time, otherwise the units of the Gregorian date
 */
export function parseThaiDate(text, format) {
    text = toArabicDigits(text).trim().replace(/\s+/g, " ");
    const groups = PATTERNS.map((pattern) => text.match(pattern)?.groups).find(Boolean);
    if (!groups) {
        return false;
    }
    let { day, month } = groups;
    if (groups.first) {
        const isMonthFirst = format.search(/[ML]/) < format.search(/d/);
        [day, month] = isMonthFirst
            ? [groups.second_, groups.first]
            : [groups.first, groups.second_];
    } else if (groups.name) {
        month = MONTHS.get(groups.name.replace(/\./g, ""));
        if (!month) {
            return false;
        }
    }
    const units = {
        year: toGregorianYear(groups.year.slice(0, 4), groups.era),
        month: Number(month),
        day: Number(day),
        hour: Number(groups.hour || 0),
        minute: Number(groups.minute || 0),
        second: Number(groups.second || 0),
    };
    const daysInMonth = new Date(Date.UTC(units.year, units.month, 0)).getUTCDate();
    const isValid =
        units.year >= FIRST_YEAR &&
        units.month >= 1 &&
        units.month <= 12 &&
        units.day >= 1 &&
        units.day <= daysInMonth &&
        units.hour < 24 &&
        units.minute < 60 &&
        units.second < 60;
    return isValid ? units : null;
}

/**
 * Rewrites the Buddhist years of a text for a parser that knows the Gregorian ones only.
 *
 * @param {string} text
 */
function toGregorianText(text) {
    return toArabicDigits(text).replace(/(?<!\d)\d{4}(?!\d)/g, (year) =>
        String(toGregorianYear(year)).padStart(4, "0"),
    );
}

/**
 * Parses a text in the place of `DateTime.fromFormat` for a Thai user.
 *
 * @param {string} text
 * @param {string} format
 * @param {Object} options options of `DateTime.fromFormat`
 * @param {(text: string) => luxon.DateTime} parse the original parser, with format and options
 * @returns {luxon.DateTime}
 */
export function fromBuddhistFormat(text, format, options, parse) {
    const { DateTime } = luxon;
    if (!isFullDateFormat(format)) {
        const result = parse(toArabicDigits(text));
        return result.isValid && /y/.test(format) && result.year >= FIRST_BUDDHIST_YEAR
            ? result.set({ year: result.year - OFFSET })
            : result;
    }
    if (options.setZone && !/[^A-Za-z]/.test(format)) {
        // Odoo's last attempt: all digits of the text in one row. The signs between them are
        // lost by then ("-23/11/2569"); what is right without signs was read before.
        return DateTime.invalid("not a date");
    }
    const units = parseThaiDate(text, format);
    if (units) {
        const { zone, locale, numberingSystem } = options;
        return DateTime.fromObject(units, { zone, locale, numberingSystem });
    }
    if (units === null || /(?<!y)yy(?!y)/.test(format)) {
        return DateTime.invalid("not a date");
    }
    const result = parse(toGregorianText(text));
    return result.isValid && result.year >= FIRST_BUDDHIST_YEAR
        ? DateTime.invalid("not a date")
        : result;
}
