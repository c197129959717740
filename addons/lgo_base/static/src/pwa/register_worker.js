import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Citizens' pages work as an app: on pages of the site only, never inside the editor's frame. */
export class RegisterWorker extends Interaction {
    static selector = ".lgo_outbox[data-worker]";

    start() {
        const container = browser.navigator.serviceWorker;
        if (!container || window.top !== window.self) {
            return;
        }
        // a browser that forbids it (private window) shows the site as before
        container.register(this.el.dataset.worker).catch(() => {});
    }
}

registry.category("public.interactions").add("lgo_base.register_worker", RegisterWorker);
