import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { isInRange, today } from "@web/core/l10n/dates";
import { patch } from "@web/core/utils/patch";
import { OFFSET, isThai } from "./buddhist_era";

/**
 * What one cell of the year and decade grids spans, in years.
 */
const CELL_YEARS = { years: 1, decades: 10 };

patch(DateTimePicker.prototype, {
    onWillRender() {
        super.onWillRender();
        const { focusDate, precision } = this.state;
        if (!isThai(focusDate.locale)) {
            return;
        }
        const year = focusDate.year + OFFSET;
        if (precision === "days") {
            this.title = `${focusDate.monthLong} ${year}`;
        } else if (precision === "months") {
            this.title = String(year);
        } else {
            this.setBuddhistGrid(year, CELL_YEARS[precision]);
        }
    },

    /**
     * Builds the grid of a decade or a century of the Buddhist era: 2560 to 2569 stand together,
     * with one cell before and one after, as in the original.
     *
     * @param {number} focusYear Buddhist year
     * @param {number} cellYears
     */
    setBuddhistGrid(focusYear, cellYears) {
        const gridYears = cellYears * 10;
        const firstYear = Math.floor(focusYear / gridYears) * gridYears;
        this.title = `${firstYear - cellYears} - ${firstYear + gridYears}`;
        this.items = [...Array(12).keys()].map((index) => {
            const year = firstYear + (index - 1) * cellYears;
            const start = this.state.focusDate.startOf("year").set({ year: year - OFFSET });
            const range = [start, start.plus({ year: cellYears, millisecond: -1 })];
            return {
                id: start.toISODate(),
                includesToday: isInRange(today(), range),
                isOutOfRange: index === 0 || index === 11,
                isValid: isInRange(range, [this.minDate, this.maxDate]),
                label: String(year),
                range,
                extraClass: "",
            };
        });
    },
});
