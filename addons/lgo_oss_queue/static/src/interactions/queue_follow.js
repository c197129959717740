import { registry } from "@web/core/registry";
import { QueueFeed } from "./queue_feed";

/** One's own number on the phone. */
export class QueueFollow extends QueueFeed {
    static selector = ".lgo_queue_follow";

    setup() {
        super.setup();
        const token = this.el.dataset.token;
        this.channel = `lgo_oss_queue:ticket:${token}`;
        this.stateUrl = `/queue/ticket/${token}/state`;
        this.title = document.title;
    }

    show(state) {
        for (const part of this.el.querySelectorAll("[data-for]")) {
            part.classList.toggle("d-none", !part.dataset.for.split(" ").includes(state.state));
        }
        this.el.querySelector(".lgo_queue_count").textContent = state.ahead;
        const known = state.minutes !== null && state.minutes !== undefined;
        this.el.querySelector("[data-minutes]").classList.toggle("d-none", !known);
        this.el.querySelector(".lgo_queue_minutes").textContent = state.minutes ?? "";
        for (const at of this.el.querySelectorAll(".lgo_queue_at")) {
            at.textContent = state.counter;
        }
        const called = state.state === "called";
        document.title = called ? `(${state.counter}) ${this.title}` : this.title;
        if (called && this.calls !== undefined && this.calls !== state.calls) {
            navigator.vibrate?.([400, 150, 400]);
        }
        this.calls = state.calls;
    }
}

registry.category("public.interactions").add("lgo_oss_queue.follow", QueueFollow);
