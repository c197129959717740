import { registry } from "@web/core/registry";
import { PropertiesField, propertiesField } from "@web/views/fields/properties/properties_field";

const comparable = (value) =>
    (Array.isArray(value) ? value : [value])
        .filter((item) => item !== undefined && item !== null && item !== false && item !== "")
        .map((item) => String(item).trim().toLowerCase());

/**
 * Whether a question applies, by the rules of tools/form_answers.py.
 *
 * @param {Object} [condition] question, operator and values
 * @param {Map} shown answers of the questions that apply, by code
 */
export function isMet(condition, shown) {
    if (!condition) {
        return true;
    }
    if (!shown.has(condition.question)) {
        return false;
    }
    const answer = shown.get(condition.question);
    if (["yes", "no"].includes(condition.operator)) {
        return Boolean(answer) === (condition.operator === "yes");
    }
    const given = comparable(answer);
    const wanted = comparable(condition.values || []);
    if (condition.operator === "contains") {
        return wanted.some((text) => given.some((value) => value.includes(text)));
    }
    const hit = given.some((value) => wanted.includes(value));
    return condition.operator === "is" ? hit : given.length > 0 && !hit;
}

/** The answers of a case: questions whose condition is not met are left out of sight. */
export class AnswersField extends PropertiesField {
    get propertiesList() {
        const all = super.propertiesList;
        if (!this.onlyShown) {
            return all;
        }
        const shown = new Map();
        const here = new Set(all.map((property) => property.name));
        return all.filter((property) => {
            // in a line of a list a condition may look at the form outside: the server judges it
            const outside = property.condition && !here.has(property.condition.question);
            const met = outside || isMet(property.condition, shown);
            if (met) {
                shown.set(property.name, property.value);
            }
            return met;
        });
    }

    get groupedPropertiesList() {
        // A change of an answer takes the whole list: only what is drawn is filtered.
        this.onlyShown = true;
        try {
            return super.groupedPropertiesList;
        } finally {
            this.onlyShown = false;
        }
    }
}

registry.category("fields").add("lgo_answers", { ...propertiesField, component: AnswersField });
