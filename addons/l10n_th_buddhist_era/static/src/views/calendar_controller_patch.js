import { patch } from "@web/core/utils/patch";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { isThai, shiftYears } from "../core/buddhist_era";

/**
 * @param {string} title put together from Gregorian years
 */
function toBuddhistTitle(title) {
    return isThai(luxon.Settings.defaultLocale) ? shiftYears(title) : title;
}

patch(CalendarController.prototype, {
    get currentDate() {
        return toBuddhistTitle(super.currentDate);
    },

    get dayHeader() {
        return toBuddhistTitle(super.dayHeader);
    },

    get weekHeader() {
        return toBuddhistTitle(super.weekHeader);
    },

    get currentMonth() {
        return toBuddhistTitle(super.currentMonth);
    },
});
