import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const EVERY = 5000; // milliseconds
const LONGEST = 36; // three minutes: banks report within seconds or with the file of the day

/** Looks for the payment while the citizen has the QR on the screen. */
export class PayStatus extends Interaction {
    static selector = ".lgo_pay_status";
    dynamicContent = {
        ".lgo_pay_waiting": {
            "t-att-class": () => ({ "d-none": this.isKnown || this.asked >= LONGEST }),
        },
        ".lgo_pay_later": {
            "t-att-class": () => ({ "d-none": this.isKnown || this.asked < LONGEST }),
        },
        ".lgo_pay_reported": { "t-att-class": () => ({ "d-none": this.state !== "reported" }) },
        ".lgo_pay_partial": { "t-att-class": () => ({ "d-none": this.state !== "partial" }) },
        ".lgo_pay_left": { "t-out": () => this.left },
        ".lgo_pay_paid": { "t-att-class": () => ({ "d-none": !this.isPaid }) },
    };

    setup() {
        this.state = "waiting";
        this.left = "";
        this.asked = 0;
    }

    start() {
        this.waitForTimeout(() => this.ask(), EVERY);
    }

    get isPaid() {
        return this.state === "paid";
    }

    get isKnown() {
        return this.isPaid || this.state === "reported";
    }

    async ask() {
        const { route, params } = this.el.dataset;
        this.asked += 1;
        if (!document.hidden) {
            try {
                const answer = await this.waitFor(rpc(route, JSON.parse(params), { silent: true }));
                this.state = answer.state;
                this.left = answer.left || "";
            } catch {
                // without a network the page goes on waiting; it asks again
            }
        }
        this.updateContent();
        if (!this.isPaid && this.asked < LONGEST) {
            this.waitForTimeout(() => this.ask(), EVERY);
        }
    }
}

registry.category("public.interactions").add("lgo_payment_online.pay_status", PayStatus);
