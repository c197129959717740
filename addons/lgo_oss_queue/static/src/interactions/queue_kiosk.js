import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The touch screen: goes back to the start by itself, prints, and never shows a browser error. */
export class QueueKiosk extends Interaction {
    static selector = ".lgo_queue_kiosk";
    dynamicContent = {
        form: { "t-on-submit": this.onSubmit },
        _root: { "t-on-pointerdown": this.wait },
    };

    start() {
        this.wait();
        for (const name of ["online", "offline"]) {
            this.addListener(window, name, () => this.showNetwork());
        }
        this.addListener(window, "pageshow", (ev) => ev.persisted && browser.location.reload());
        this.showNetwork();
        if (this.el.dataset.print) {
            this.print(this.el.dataset.print);
        }
    }

    destroy() {
        browser.clearTimeout(this.timer);
    }

    /** Starts the idle time anew: the next person must not see the page of the one before. */
    wait() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.leave(), 1000 * this.el.dataset.idle);
    }

    leave() {
        if (!navigator.onLine) {
            this.wait();
        } else if (this.el.dataset.start) {
            browser.location.assign(this.el.dataset.start);
        } else {
            browser.location.reload();
        }
    }

    showNetwork() {
        this.el.querySelector(".lgo_queue_offline").classList.toggle("d-none", navigator.onLine);
    }

    onSubmit(ev) {
        if (!navigator.onLine || this.sent) {
            ev.preventDefault();
            return;
        }
        this.sent = true;
    }

    /** Prints the slip from a hidden frame; a browser in kiosk printing mode asks nothing. */
    print(url) {
        const frame = document.createElement("iframe");
        frame.className = "d-none";
        frame.title = "PDF";
        frame.src = url;
        frame.addEventListener("load", () => frame.contentWindow.print());
        this.insert(frame);
    }
}

registry.category("public.interactions").add("lgo_oss_queue.kiosk", QueueKiosk);
