// Copyright 2026 LGO contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { expect, test } from "@odoo/hoot";
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { makeMockEnv } from "@web/../tests/web_test_helpers";

const shown = Object.getOwnPropertyDescriptor(PropertyValue.prototype, "displayValue").get;

function display(type, value) {
    const field = Object.create(PropertyValue.prototype);
    field.props = { type, value };
    return shown.call(field);
}

test("a number question without an answer is empty, zero is an answer", async () => {
    await makeMockEnv();
    expect(display("integer", false)).toBe("");
    expect(display("integer", undefined)).toBe("");
    expect(display("integer", 0)).toBe("0");
    expect(display("integer", 7)).toBe("7");
    expect(display("float", false)).toBe("");
    expect(display("float", 0)).not.toBe("");
});

test("emptying a number takes the answer back", async () => {
    await makeMockEnv();
    const field = Object.create(PropertyValue.prototype);
    const answers = [];
    field.props = { type: "integer", value: 7, onChange: (value) => answers.push(value) };
    await field.onValueChange(" ");
    await field.onValueChange("0");
    await field.onValueChange("12");
    expect(answers).toEqual([false, 0, 12]);
});
