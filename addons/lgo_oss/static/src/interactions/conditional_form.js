import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const FIELDS = "input, textarea, select";

/** Texts in the order of tools/form_answers.py: trimmed, without case. */
const comparable = (text) => text.trim().toLowerCase();

/**
 * Shows questions and documents only when they apply, and the lines of lists one at a time.
 * Without it everything is shown; the server judges in both cases.
 */
export class ConditionalForm extends Interaction {
    static selector = ".lgo_request_form, .lgo_preview_form";
    dynamicContent = {
        _root: { "t-on-input": this.applyConditions, "t-on-change": this.applyConditions },
        ".lgo_row_add": { "t-on-click": this.addRow },
        ".lgo_row_remove": { "t-on-click": this.removeRow },
    };

    start() {
        for (const text of this.el.querySelectorAll(".lgo_condition_text")) {
            text.classList.add("d-none");
        }
        for (const group of this.el.querySelectorAll(".lgo_group")) {
            this.startGroup(group);
        }
        this.applyConditions();
    }

    // ------------------------------------------------------------ conditions

    applyConditions() {
        // in the order of the page, so that what hangs on a hidden question hides as well
        for (const block of this.el.querySelectorAll("[data-condition-field]")) {
            this.toggle(block, this.isMet(block.dataset));
        }
    }

    toggle(block, shown) {
        block.classList.toggle("d-none", !shown);
        for (const field of block.querySelectorAll(FIELDS)) {
            const inside = field.closest("[data-condition-field].d-none");
            field.disabled = Boolean(inside);
        }
    }

    isMet({ conditionField, conditionOperator, conditionValues }) {
        const fields = [...this.el.elements].filter(
            (field) => field.name === conditionField && !field.disabled,
        );
        if (!fields.length) {
            return false;
        }
        const ticks = fields.filter((field) => ["checkbox", "radio"].includes(field.type));
        const given = (ticks.length ? ticks.filter((field) => field.checked) : fields)
            .map((field) => comparable(field.value))
            .filter(Boolean);
        if (["yes", "no"].includes(conditionOperator)) {
            return Boolean(given.length) === (conditionOperator === "yes");
        }
        const wanted = (conditionValues || "").split("\n").map(comparable).filter(Boolean);
        if (conditionOperator === "contains") {
            return wanted.some((text) => given.some((value) => value.includes(text)));
        }
        const hit = given.some((value) => wanted.includes(value));
        return conditionOperator === "is" ? hit : given.length > 0 && !hit;
    }

    // ------------------------------------------------------------ lines of a list

    startGroup(group) {
        const rows = [...group.querySelectorAll(".lgo_row")];
        const least = Math.max(Number(group.dataset.min), 1);
        rows.forEach((row, index) => {
            row.classList.toggle("d-none", index >= least && !row.dataset.filled);
            const remove = row.querySelector(".lgo_row_remove");
            remove.classList.toggle("d-none", index < least);
        });
        this.showAddButton(group);
    }

    showAddButton(group) {
        const full = !group.querySelector(".lgo_row.d-none");
        group.querySelector(".lgo_row_add").classList.toggle("d-none", full);
    }

    say(group, key, row) {
        const status = group.querySelector(".lgo_row_status");
        const number = [...group.querySelectorAll(".lgo_row")].indexOf(row) + 1;
        const words = group.querySelector(`.lgo_row_${key}`).textContent;
        status.textContent = words.replace("%s", number);
    }

    addRow(ev) {
        const group = ev.currentTarget.closest(".lgo_group");
        const row = group.querySelector(".lgo_row.d-none");
        row.classList.remove("d-none");
        row.open = true;
        this.say(group, "added", row);
        this.showAddButton(group);
        row.querySelector(FIELDS)?.focus();
    }

    removeRow(ev) {
        const row = ev.currentTarget.closest(".lgo_row");
        const group = row.closest(".lgo_group");
        for (const field of row.querySelectorAll(FIELDS)) {
            if (["checkbox", "radio"].includes(field.type)) {
                field.checked = false;
            } else {
                field.value = "";
            }
        }
        row.classList.add("d-none");
        this.applyConditions();
        this.say(group, "removed", row);
        this.showAddButton(group);
        group.querySelector(".lgo_row_add").focus();
    }
}

registry.category("public.interactions").add("lgo_oss.conditional_form", ConditionalForm);
