// Copyright 2026 LGO contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Citizen extends models.Model {
    name = fields.Char();
    _records = [
        { id: 1, name: "new" },
        { id: 2, name: "over" },
    ];
}

defineMailModels();
defineModels([Citizen]);

const KEYS = ["q", "k", "g", "w", "l", "shift+f", "shift+x"];

function form(resId, few = true) {
    mockService("action", {
        doActionButton({ name }) {
            expect.step(name);
        },
    });
    const buttons = KEYS.map(
        (key, index) =>
            `<button name="do_${index}" type="object" string="Do ${index}" data-hotkey="${key}"
                invisible="${index % 2 ? "name == 'over'" : "0"}"/>`,
    );
    return mountView({
        type: "form",
        resModel: "citizen",
        resId,
        arch: `<form><header class="${few ? "o_lgo_few_buttons" : ""}">${buttons.join("")}</header>
            <sheet><field name="name"/></sheet></form>`,
    });
}

test.tags("desktop");
test("five buttons stand side by side, the others in a menu", async () => {
    await form(1);
    expect(queryAllTexts(".o_statusbar_buttons > button")).toEqual([
        "Do 0",
        "Do 1",
        "Do 2",
        "Do 3",
        "Do 4",
        "More",
    ]);
    await contains(".o_lgo_more").click();
    expect(queryAllTexts(".o-dropdown--menu button")).toEqual(["Do 5", "Do 6"]);
    await contains(".o-dropdown--menu button:contains(Do 6)").click();
    expect.verifySteps(["do_6"]);
    expect(".o-dropdown--menu").toHaveCount(0);
});

test.tags("desktop");
test("a key works wherever its button is", async () => {
    await form(1);
    await contains(".o_field_widget[name=name] input").focus();
    await press(["alt", "shift", "x"]);
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["do_6"]);
    await press(["alt", "o"]);
    await animationFrame();
    await animationFrame();
    expect(".o-dropdown--menu").toHaveCount(1);
});

test.tags("desktop");
test("who has few buttons has no menu, and a key of a hidden button does nothing", async () => {
    await form(2);
    expect(queryAllTexts(".o_statusbar_buttons > button")).toEqual([
        "Do 0",
        "Do 2",
        "Do 4",
        "Do 6",
    ]);
    await press(["alt", "shift", "f"]);
    await animationFrame();
    expect.verifySteps([]);
});

test.tags("desktop");
test("other forms keep all their buttons", async () => {
    await form(1, false);
    expect(".o_statusbar_buttons > button").toHaveCount(7);
    expect(".o_lgo_more").toHaveCount(0);
});
