// Copyright 2026 LGO contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { patch } from "@web/core/utils/patch";

const NUMBERS = ["integer", "float"];

// A question that nobody answered looks like one, not like the answer 0.
patch(PropertyValue.prototype, {
    get displayValue() {
        const unanswered = typeof this.props.value !== "number";
        return NUMBERS.includes(this.props.type) && unanswered ? "" : super.displayValue;
    },

    async onValueChange(newValue) {
        if (NUMBERS.includes(this.props.type) && typeof newValue === "string" && !newValue.trim()) {
            return this.props.onChange(false);
        }
        return super.onValueChange(newValue);
    },
});
