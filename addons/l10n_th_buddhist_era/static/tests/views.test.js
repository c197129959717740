import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import {
    clickSave,
    contains,
    defineModels,
    defineParams,
    fields,
    getFacetTexts,
    makeMockEnv,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    serverState,
    toggleMenuItem,
    toggleMenuItemOption,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";

const { DateTime } = luxon;

class Paper extends models.Model {
    name = fields.Char();
    date = fields.Date();
    moment = fields.Datetime();
    start = fields.Date();
    stop = fields.Date();

    _records = [
        {
            id: 1,
            name: "หนังสือ",
            date: "2025-11-23",
            moment: "2025-12-31 17:30:00",
            start: "2025-11-23",
            stop: "2026-01-02",
        },
    ];

    _views = {
        list: `
            <list editable="top">
                <field name="date" options="{'numeric': true}"/>
                <field name="moment" options="{'numeric': true}"/>
            </list>`,
        form: `
            <form>
                <field name="date"/>
                <field name="moment" options="{'numeric': true}"/>
                <field name="start" widget="daterange" options="{'end_date_field': 'stop', 'numeric': true}"/>
            </form>`,
        search: `<search><filter name="date" date="date" string="Date"/></search>`,
        calendar: `<calendar date_start="date" mode="month"><field name="name"/></calendar>`,
    };
}

class User extends models.Model {
    _name = "res.users";

    name = fields.Char();

    has_group() {
        return true;
    }
}

defineModels([Paper, User]);

/**
 * Types a date into the input of a date field and leaves it with Enter.
 */
async function typeDate(fieldName, text) {
    await contains(`button[data-field=${fieldName}]`).click();
    await animationFrame();
    await contains(`input[data-field=${fieldName}]`).edit(text, { confirm: false });
    await press("Enter");
    await animationFrame();
    await animationFrame();
}

beforeEach(() => mockDate("2026-11-23 09:30:00", +7));

describe("Thai", () => {
    defineParams({
        lang: "th_TH",
        lang_parameters: { date_format: "%d/%m/%Y", time_format: "%H:%M:%S", week_start: 7 },
    });

    beforeEach(() => {
        serverState.lang = "th_TH";
    });

    test("list", async () => {
        await mountView({ type: "list", resModel: "paper" });
        expect(queryAllTexts(".o_data_row .o_data_cell")).toEqual([
            "23/11/2568",
            "01/01/2569 00:30:00",
        ]);
    });

    test("form", async () => {
        await mountView({ type: "form", resModel: "paper", resId: 1 });
        expect(".o_field_widget[name=date]").toHaveText("23 พ.ย. 2568");
        expect(".o_field_widget[name=moment]").toHaveText("01/01/2569 00:30:00");
    });

    for (const [text, shown, stored] of [
        ["๒๓ พ.ย. ๒๕๖๗", "23 พ.ย. 2567", "2024-11-23"],
        ["29/2/67", "29 ก.พ. 2567", "2024-02-29"],
        ["5 มกราคม 2025", "5 ม.ค. 2568", "2025-01-05"],
    ]) {
        test(`form: type ${text}`, async () => {
            onRpc("web_save", ({ args }) => {
                expect.step(args[1].date);
            });
            await mountView({ type: "form", resModel: "paper", resId: 1 });
            await typeDate("date", text);
            expect(".o_field_widget[name=date]").toHaveText(shown);
            await clickSave();
            expect.verifySteps([stored]);
            expect(".o_field_widget[name=date]").toHaveText(shown);
        });
    }

    test("form: a day that does not exist is not taken", async () => {
        await mountView({ type: "form", resModel: "paper", resId: 1 });
        await contains(".o_field_widget[name=date] button").click();
        expect(".o_field_widget[name=date] input").toHaveValue("23/11/2568");
        await edit("31/2/2569");
        await press("Enter");
        await animationFrame();
        await animationFrame();
        expect(".o_field_widget[name=date]").toHaveText("23 พ.ย. 2568");
    });

    test("form: date range", async () => {
        onRpc("web_save", ({ args }) => {
            expect.step([args[1].start, args[1].stop]);
        });
        await mountView({ type: "form", resModel: "paper", resId: 1 });
        expect(queryAllTexts(".o_field_widget[name=start] button")).toEqual([
            "23/11/2568",
            "02/01/2569",
        ]);
        await typeDate("start", "1/12/2568");
        await typeDate("stop", "3 ก.พ. 69");
        await clickSave();
        expect.verifySteps([["2025-12-01", "2026-02-03"]]);
    });

    test("date picker", async () => {
        let selected = null;
        await makeMockEnv();
        await mountWithCleanup(DateTimePicker, {
            props: {
                type: "date",
                value: DateTime.local(2026, 11, 23),
                onSelect: (value) => (selected = value),
            },
        });
        expect(".o_datetime_picker_header .o_header_part").toHaveText("พฤศจิกายน 2569");
        await click(".o_zoom_out");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2569");
        await click(".o_zoom_out");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2559 - 2570");
        expect(queryAllTexts(".o_date_item_cell")).toEqual(
            [...Array(12).keys()].map((index) => String(2559 + index)),
        );
        expect(".o_date_item_cell.o_today").toHaveText("2569");
        expect(".o_date_item_cell.o_selected").toHaveText("2569");
        await click(".o_zoom_out");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2490 - 2600");
        expect(queryAllTexts(".o_date_item_cell")).toEqual(
            [...Array(12).keys()].map((index) => String(2490 + index * 10)),
        );
        await click(".o_previous");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2390 - 2500");
        await click(".o_next");
        await animationFrame();
        await click(".o_date_item_cell:contains(2510)");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2509 - 2520");
        await click(".o_date_item_cell:contains(2515)");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2515");
        await click(".o_date_item_cell:eq(1)");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("กุมภาพันธ์ 2515");
        await click(".o_date_item_cell:not(.o_out_of_range):contains(29)");
        expect(selected.toISODate()).toBe("1972-02-29");
    });

    test("search: filter and facet", async () => {
        onRpc("web_search_read", ({ kwargs }) => {
            expect.step(JSON.stringify(kwargs.domain));
        });
        await mountView({ type: "list", resModel: "paper", searchViewId: false });
        expect.verifySteps(["[]"]);
        await toggleSearchBarMenu();
        await toggleMenuItem("Date");
        const options = queryAllTexts(".o_menu_item .dropdown-item, .o_item_option");
        expect(options.filter((text) => /^\d{4}$/.test(text))).toEqual(["2569", "2568", "2567"]);
        await toggleMenuItemOption("Date", "พฤศจิกายน");
        expect(getFacetTexts()).toEqual(["Date: พฤศจิกายน 2569"]);
        expect.verifySteps(['["&",["date",">=","2026-11-01"],["date","<=","2026-11-30"]]']);
    });

    test("calendar", async () => {
        await mountView({ type: "calendar", resModel: "paper" });
        expect(".o_calendar_header").toHaveText(/พฤศจิกายน 2569/);
        expect(".o_calendar_sidebar .o_header_part").toHaveText("พฤศจิกายน 2569");
    });
});

describe("English", () => {
    test("form and date picker", async () => {
        await mountView({ type: "form", resModel: "paper", resId: 1 });
        expect(".o_field_widget[name=date]").toHaveText("Nov 23, 2025");
        await contains(".o_field_widget[name=date] button").click();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("November 2025");
        await click(".o_zoom_out");
        await animationFrame();
        await click(".o_zoom_out");
        await animationFrame();
        expect(".o_datetime_picker_header .o_header_part").toHaveText("2019 - 2030");
    });
});
