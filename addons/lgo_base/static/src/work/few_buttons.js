/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { useChildRef, useService } from "@web/core/utils/hooks";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormRenderer } from "@web/views/form/form_renderer";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";
import { createElement } from "@web/core/utils/xml";
import { patch } from "@web/core/utils/patch";
import { toStringExpression } from "@web/views/utils";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { useEffect } from "@odoo/owl";

/** How many buttons of a header stand side by side; on a phone Odoo shows one. */
const MOST = 5;

/**
 * The buttons of a header with the class ``o_lgo_few_buttons``: the first that the state and the
 * user's groups allow, in the order of the view; the others in a menu, with the keys they have.
 */
export class FewButtons extends StatusBarButtons {
    static template = "lgo_base.FewButtons";

    setup() {
        super.setup();
        const hotkey = useService("hotkey");
        this.more = useDropdownState();
        this.menuRef = useChildRef();
        this.pressed = "";
        useEffect(
            (keys) => {
                const forget = (keys ? keys.split(" ") : []).map((key) =>
                    hotkey.add(`alt+${key}`, () => this.press(key), {
                        bypassEditableProtection: true,
                    }),
                );
                return () => forget.forEach((remove) => remove());
            },
            () => [this.laterKeys.join(" ")],
        );
    }

    get most() {
        return this.env.isSmall ? 1 : MOST;
    }

    get shownSlots() {
        return this.visibleSlotNames.slice(0, this.most);
    }

    get laterSlots() {
        return this.visibleSlotNames.slice(this.most);
    }

    get laterKeys() {
        return this.laterSlots.map((name) => this.props.slots[name].hotkey).filter(Boolean);
    }

    /** A key whose button is in the menu: open the menu and press the button. */
    press(key) {
        document.activeElement?.blur();
        this.pressed = key;
        if (this.more.isOpen) {
            this.clickPressed();
        } else {
            this.more.open();
        }
    }

    clickPressed() {
        const key = this.pressed;
        this.pressed = "";
        if (key) {
            this.menuRef.el.querySelector(`button[data-hotkey='${key}']`).click();
        }
    }
}

patch(FormRenderer, { components: { ...FormRenderer.components, FewButtons } });

patch(FormCompiler.prototype, {
    compileHeader(el, params) {
        const wanted = el.classList.contains("o_lgo_few_buttons");
        const statusBar = super.compileHeader(el, params);
        if (wanted) {
            const buttons = statusBar.firstElementChild;
            const few = createElement("FewButtons");
            for (const slot of [...buttons.children]) {
                const attrs = slot.firstElementChild.getAttribute("attrs") || "{}";
                const key = JSON.parse(attrs)["data-hotkey"];
                if (key) {
                    slot.setAttribute("hotkey", toStringExpression(key));
                }
                few.appendChild(slot);
            }
            buttons.replaceWith(few);
        }
        return statusBar;
    },
});
