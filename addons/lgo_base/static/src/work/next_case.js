/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { registry } from "@web/core/registry";

/**
 * Open the next case in the place of this one, so that the trail of breadcrumbs stays short
 * however many cases a clerk works through.
 */
async function openNextCase(env, action) {
    const { action: next, message } = action.params;
    if (message) {
        env.services.notification.add(message, { type: "info" });
        return env.services.action.doAction(next, { clearBreadcrumbs: true });
    }
    return env.services.action.doAction(next, { stackPosition: "replaceCurrentAction" });
}

registry.category("actions").add("lgo_next_case", openNextCase);
