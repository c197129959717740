import { Component, onWillDestroy, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";

/** Number at the counter with the large buttons; the same in the panel and in the tray. */
export class QueueControls extends Component {
    static template = "lgo_oss_queue.Controls";
    static props = { small: { type: Boolean, optional: true } };

    setup() {
        this.queue = useState(useService("lgo_queue"));
        this.clock = useState({ now: luxon.DateTime.now() });
        const timer = browser.setInterval(() => (this.clock.now = luxon.DateTime.now()), 1000);
        onWillDestroy(() => browser.clearInterval(timer));
    }

    get ticket() {
        return this.queue.state?.ticket;
    }

    get counter() {
        return this.queue.state?.counter;
    }

    /** Time since the call or the start of the service, as m:ss. */
    get elapsed() {
        const seconds = this.clock.now.diff(deserializeDateTime(this.ticket.since), "seconds");
        const total = Math.max(Math.floor(seconds.seconds), 0);
        return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
    }

    get waiting() {
        return this.counter.groups.reduce((sum, group) => sum + group.waiting, 0);
    }
}
