/** Money is a whole number of satang everywhere; these make words of it. */
const DIGITS = ["", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"];
const PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"];

/** 4000 → "40.00" */
export const baht = (satang) =>
    (satang / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function digitWord(digit, place, isFirst) {
    if (place === 1 && digit === 1) {
        return "";
    }
    if (place === 1 && digit === 2) {
        return "ยี่";
    }
    return place === 0 && digit === 1 && !isFirst ? "เอ็ด" : DIGITS[digit];
}

function underMillion(number, hasMillions) {
    const text = String(number);
    let words = "";
    for (let at = 0; at < text.length; at++) {
        const digit = Number(text[at]);
        const place = text.length - 1 - at;
        if (digit) {
            words += digitWord(digit, place, at === 0 && !hasMillions) + PLACES[place];
        }
    }
    return words;
}

function thaiNumber(number) {
    const millions = Math.floor(number / 1_000_000);
    const rest = number % 1_000_000;
    return (
        (millions ? `${thaiNumber(millions)}ล้าน` : "") +
        (rest ? underMillion(rest, Boolean(millions)) : "")
    );
}

/** 4050 → "สี่สิบบาทห้าสิบสตางค์", as the receipts of the office say it. */
export function bahtText(satang) {
    const whole = Math.floor(satang / 100);
    const part = satang % 100;
    const front = whole ? `${thaiNumber(whole)}บาท` : "";
    return front + (part ? `${thaiNumber(part)}สตางค์` : "ถ้วน");
}
