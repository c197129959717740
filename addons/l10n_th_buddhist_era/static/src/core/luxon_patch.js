import { patch } from "@web/core/utils/patch";
import {
    FIRST_BUDDHIST_YEAR,
    fromBuddhistFormat,
    isMachineFormat,
    isThai,
    toBuddhistFormat,
    toBuddhistYear,
} from "./buddhist_era";

/*
 * Odoo shows and reads dates through plain functions (`formatDate`, `parseDate`, …), which other
 * modules import by name and which therefore cannot be replaced. All of them end in five methods
 * of Luxon, so these are patched. They change nothing
 * - for a locale other than Thai,
 * - for what is made for machines: a call that asks for Latin digits (`serializeDate`,
 *   `serializeDateTime`, `deserializeDate`, …) or an ISO-like format.
 */

const { DateTime, Settings } = luxon;

// The tests load every module several times, Luxon only once.
const PATCHED = Symbol.for("l10n_th_buddhist_era");

function isForThaiReader(locale, options) {
    return isThai(options.locale || locale) && options.numberingSystem !== "latn";
}

/**
 * Only Odoo's `parseDateTime` sets `setZone`: the text was typed by a user.
 */
function isTypedByThaiUser(options) {
    return Boolean(options.setZone) && isThai(options.locale || Settings.defaultLocale);
}

function refuseBuddhistYear(result, options) {
    // ISO and SQL are tried after all other attempts. A Buddhist year that gets through here would
    // be stored 543 years late.
    return isTypedByThaiUser(options) && result.isValid && result.year >= FIRST_BUDDHIST_YEAR
        ? DateTime.invalid("not a date")
        : result;
}

if (!DateTime[PATCHED]) {
    DateTime[PATCHED] = true;

    patch(DateTime.prototype, {
        toFormat(format, options = {}) {
            if (this.isValid && isForThaiReader(this.locale, options) && !isMachineFormat(format)) {
                format = toBuddhistFormat(format, this);
            }
            return super.toFormat(format, options);
        },

        toLocaleString(formatOptions, options = {}) {
            if (this.isValid && isThai(options.locale || this.locale)) {
                const isBuddhist = toBuddhistYear(this.year) !== this.year;
                options = { outputCalendar: isBuddhist ? "buddhist" : "gregory", ...options };
            }
            return super.toLocaleString(formatOptions, options);
        },
    });

    patch(DateTime, {
        fromFormat(text, format, options = {}) {
            const parse = (text) => super.fromFormat(text, format, options);
            if (
                typeof text === "string" &&
                typeof format === "string" &&
                (isTypedByThaiUser(options) || isForThaiReader(Settings.defaultLocale, options)) &&
                !isMachineFormat(format)
            ) {
                return fromBuddhistFormat(text, format, options, parse);
            }
            return parse(text);
        },

        fromISO(text, options = {}) {
            return refuseBuddhistYear(super.fromISO(text, options), options);
        },

        fromSQL(text, options = {}) {
            return refuseBuddhistYear(super.fromSQL(text, options), options);
        },
    });
}
