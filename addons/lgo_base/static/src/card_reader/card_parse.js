/**
 * What stands on a Thai ID card, as the local agent hands it over (docs/card-reader.md), turned
 * into the fields of a citizen. Pure functions: no reader, no server.
 */

const BUDDHIST_OFFSET = 543;
const FOR_LIFE = "99999999";
const MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(" ");
/** Words in front of a part of the address; the card writes them out. */
const LABELS = [
    ["moo", /^(?:หมู่ที่|หมู่|ม\.)\s*/],
    ["alley", /^ตรอก\s*/],
    ["soi", /^(?:ซอย|ซ\.)\s*/],
    ["road", /^(?:ถนน|ถ\.)\s*/],
    ["subdistrict", /^(?:ตำบล|แขวง|ต\.)\s*/],
    ["district", /^(?:อำเภอ|เขต|อ\.)\s*/],
    ["province", /^(?:จังหวัด|จ\.)\s*/],
];

/**
 * Whether the check digit of a 13-digit number is right (Department of Provincial
 * Administration: modulo 11).
 *
 * @param {string} text
 * @returns {boolean}
 */
export function isValidId(text) {
    if (!/^[0-9]{13}$/.test(text)) {
        return false;
    }
    const digits = [...text].map(Number);
    const sum = digits.slice(0, 12).reduce((total, digit, i) => total + digit * (13 - i), 0);
    return (11 - (sum % 11)) % 10 === digits[12];
}

function clean(text) {
    return typeof text === "string" ? text.normalize("NFC").replace(/\s+/g, " ").trim() : "";
}

/**
 * @param {string} text prefix#first#middle#last
 * @returns {{prefix: string, first: string, middle: string, last: string}}
 */
export function parseName(text) {
    const [prefix = "", first = "", middle = "", last = ""] = clean(text).split("#").map(clean);
    return { prefix, first, middle, last };
}

/**
 * A day of the card: YYYYMMDD in the Buddhist era; 00 for a day or month that nobody knows.
 *
 * @param {string} text
 * @returns {{iso: string|null, text: string}} the day in the Gregorian calendar when it is whole,
 *      and the words for a day that is not
 */
export function parseDate(text) {
    const found = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(clean(text));
    if (!found || Number(found[1]) < 2400) {
        return { iso: null, text: "" };
    }
    const [year, month, day] = found.slice(1).map(Number);
    if (month > 12 || day > 31) {
        return { iso: null, text: "" };
    }
    if (!month) {
        return { iso: null, text: `พ.ศ. ${year}` };
    }
    if (!day) {
        return { iso: null, text: `${MONTHS[month - 1]} ${year}` };
    }
    const iso = [year - BUDDHIST_OFFSET, found[2], found[3]].join("-");
    const date = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.getUTCDate() !== day) {
        return { iso: null, text: "" };
    }
    return { iso, text: "" };
}

/**
 * The address of the card: parts between #, each with its word in front but the house number.
 *
 * @param {string} text
 * @returns {object} house, moo, alley, soi, road, subdistrict, district, province
 */
export function parseAddress(text) {
    const address = { house: "", moo: "", alley: "", soi: "", road: "" };
    Object.assign(address, { subdistrict: "", district: "", province: "" });
    const [house, ...parts] = clean(text).split("#").map(clean);
    address.house = house;
    for (const part of parts.filter(Boolean)) {
        const label = LABELS.find(([, word]) => word.test(part));
        if (label) {
            address[label[0]] = part.replace(label[1], "");
        } else if (/^กรุงเทพ/.test(part)) {
            address.province = "กรุงเทพมหานคร";
        } else if (!address.road) {
            address.road = part;
        }
    }
    return address;
}

/**
 * What the form of a citizen takes from a card. Whatever else the agent sends, a photo above all,
 * is dropped here.
 *
 * @param {object} card "card" of the answer
 * @param {string} today YYYY-MM-DD
 * @returns {object} id, validId, name, birth, address, expired, expires
 */
export function parseCard(card, today) {
    const id = clean(card?.citizen_id);
    const expiry = clean(card?.expires);
    const expires = expiry === FOR_LIFE ? null : parseDate(expiry).iso;
    return {
        id,
        validId: isValidId(id),
        name: parseName(card?.name_th),
        birth: parseDate(card?.birth_date),
        address: parseAddress(card?.address),
        expires,
        expired: Boolean(expires && expires < today),
    };
}
