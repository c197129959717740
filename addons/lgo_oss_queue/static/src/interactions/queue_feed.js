import { browser } from "@web/core/browser/browser";
import { Interaction } from "@web/public/interaction";

/** Wait before the state is fetched again when the bus says nothing, in ms. */
const SAFETY = 30000;
/** Wait before another try when a fetch failed, in ms. */
const RETRY = 3000;

/**
 * Follows a queue by the bus and starts from the full state whenever the connection was away.
 *
 * Heirs give ``channel``, ``stateUrl`` and ``show(state)``.
 */
export class QueueFeed extends Interaction {
    setup() {
        this.state = JSON.parse(this.el.dataset.state);
        this.offline = this.el.querySelector(".lgo_queue_offline");
        this.bus = this.services.bus_service;
    }

    start() {
        this.show(this.state);
        const onChange = () => this.fetchState();
        this.bus.subscribe("lgo_oss_queue/changed", onChange);
        this.registerCleanup(() => this.bus.unsubscribe("lgo_oss_queue/changed", onChange));
        this.bus.addChannel(this.channel);
        this.registerCleanup(() => this.bus.deleteChannel(this.channel));
        for (const name of ["BUS:CONNECT", "BUS:RECONNECT"]) {
            this.addListener(this.bus, name, () => {
                this.el.dataset.live = "1";
                this.fetchState();
            });
        }
        this.addListener(this.bus, "BUS:DISCONNECT", () => {
            delete this.el.dataset.live;
            this.setOffline(true);
        });
        this.addListener(window, "offline", () => this.setOffline(true));
        this.addListener(window, "online", () => this.fetchState());
        // a phone that slept
        this.addListener(document, "visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.fetchState();
            }
        });
        this.plan(SAFETY);
    }

    destroy() {
        browser.clearTimeout(this.timer);
    }

    plan(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.fetchState(), delay);
    }

    setOffline(offline) {
        this.offline.classList.toggle("d-none", !offline);
    }

    /** Fetches the whole state; what comes while one is on the way is done right after it. */
    async fetchState() {
        if (this.fetching) {
            this.again = true;
            return;
        }
        this.fetching = true;
        try {
            const response = await this.waitFor(
                browser.fetch(this.stateUrl, { headers: { Accept: "application/json" } }),
            );
            if (response.status === 404) {
                // revoked: nothing more to show
                browser.location.reload();
                return;
            }
            if (!response.ok) {
                throw new Error(String(response.status));
            }
            this.state = await this.waitFor(response.json());
            this.show(this.state);
            this.setOffline(false);
            this.plan(SAFETY);
        } catch {
            this.setOffline(true);
            this.plan(RETRY);
        } finally {
            this.fetching = false;
        }
        if (this.again) {
            this.again = false;
            this.fetchState();
        }
    }
}
