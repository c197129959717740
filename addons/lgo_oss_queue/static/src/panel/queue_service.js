import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const CLERK = "lgo_base.group_clerk";
/** Many changes at once are one question to the server, ms. */
const SETTLE = 300;

/**
 * The counter of the signed-in officer, shared by the panel and the tray.
 *
 * ``state`` is what ``lgo.oss.counter.action_panel`` returns; ``run`` does a step and takes over
 * the new state.
 */
export const queueService = {
    dependencies: ["orm", "bus_service", "notification", "action"],

    start(env, { orm, bus_service: bus, notification, action }) {
        const queue = reactive({ state: null, busy: false, allowed: false });
        let timer;

        function take(result) {
            queue.state = result;
            if (result.message) {
                notification.add(result.message, { type: "info" });
            }
            return result;
        }

        async function refresh() {
            take(await orm.silent.call("lgo.oss.counter", "action_panel", []));
        }

        function later() {
            browser.clearTimeout(timer);
            timer = browser.setTimeout(() => refresh().catch(() => {}), SETTLE);
        }

        /**
         * @param {string} method action of lgo.oss.counter
         * @param {Array} [args] what follows the id of the counter
         * @param {number} [id] another counter than one's own
         */
        async function run(method, args = [], id = queue.state.counter.id) {
            if (queue.busy) {
                return;
            }
            queue.busy = true;
            try {
                return take(await orm.call("lgo.oss.counter", method, [[id], ...args]));
            } finally {
                queue.busy = false;
            }
        }

        async function openCase() {
            const { id } = queue.state.counter;
            const result = await orm.call("lgo.oss.counter", "action_open_case", [[id]]);
            later();
            if (result) {
                await action.doAction(result);
            }
        }

        const ready = user.hasGroup(CLERK).then(async (allowed) => {
            queue.allowed = allowed;
            if (!allowed) {
                return;
            }
            bus.subscribe("lgo_oss_queue/changed", later);
            bus.addEventListener("BUS:RECONNECT", later);
            await refresh();
            bus.addChannel("lgo_oss_queue:panel");
        });
        return Object.assign(queue, { ready, refresh, run, openCase });
    },
};

registry.category("services").add("lgo_queue", queueService);
