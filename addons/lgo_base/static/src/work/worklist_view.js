/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { registry } from "@web/core/registry";

/** Filters of the search view that have a key of their own. */
const KEYS = { waiting: "w", to_check: "k", mine: "y", unassigned: "i", late: "o" };

/**
 * The worklist of a clerk who never takes the mouse: a key for each filter (shown while Alt is
 * held), Down to the rows, Enter to open one.
 */
export class WorklistController extends ListController {
    static template = "lgo_base.Worklist";

    get quickFilters() {
        return this.filterItems.map((item) => ({
            id: item.id,
            label: item.description,
            hotkey: KEYS[item.name],
            active: item.isActive,
        }));
    }

    get filterItems() {
        return this.env.searchModel.getSearchItems(
            (item) => item.type === "filter" && item.name in KEYS,
        );
    }

    /** Down goes from the filters to the rows, as it does from the search. */
    onQuickFilterKeydown(ev) {
        if (ev.key === "ArrowDown" && !ev.altKey) {
            ev.preventDefault();
            this.env.searchModel.trigger("focus-view");
        }
    }

    /** Exactly this filter, or none when it was the one. */
    onQuickFilter(id) {
        const { searchModel } = this.env;
        const active = this.filterItems.filter((item) => item.isActive);
        for (const item of active) {
            searchModel.toggleSearchItem(item.id);
        }
        if (!active.some((item) => item.id === id)) {
            searchModel.toggleSearchItem(id);
        }
    }
}

export const worklistView = { ...listView, Controller: WorklistController };

registry.category("views").add("lgo_worklist", worklistView);
