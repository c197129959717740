import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { forgetRequest, keepForLater } from "@lgo_base/pwa/outbox";
import { keptRequests } from "@lgo_base/pwa/outbox_store";

/**
 * Sends a form with pictures once, shows how far it is, and keeps the chosen pictures when the
 * server finds a mistake. Without JavaScript the same form is sent by the browser.
 */
export class RequestForm extends Interaction {
    static selector = ".lgo_request_form";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        "button[type=submit]": {
            "t-att-aria-disabled": () => (this.sending ? "true" : undefined),
            "t-att-class": () => ({ disabled: this.sending }),
        },
        ".lgo_sending": { "t-att-class": () => ({ "d-none": !this.sending }) },
        ".lgo_sending progress": {
            "t-att-value": () => (this.percent < 100 ? this.percent : undefined),
        },
        ".lgo_kept_offline": { "t-att-class": () => ({ "d-none": !this.kept }) },
        ".lgo_send_failed": { "t-att-class": () => ({ "d-none": !this.failed }) },
    };

    setup() {
        Object.assign(this, { sending: false, failed: false, kept: false, percent: 0 });
        this.page = this.el.closest(".container");
    }

    start() {
        if (this.page.querySelector(".lgo_form_errors")) {
            this.showFirstError();
        }
        this.el.querySelector(".lgo_nearby")?.focus();
        this.restore();
        this.addListener(window, "pageshow", (ev) => {
            if (ev.persisted) {
                this.sending = false;
                this.updateContent();
            }
        });
    }

    /** The first field with an error, or the list of errors, comes into view and gets the focus. */
    showFirstError() {
        const target =
            this.el.querySelector("input.is-invalid, textarea.is-invalid, .is-invalid") ||
            this.page.querySelector(".lgo_form_errors");
        target.focus({ preventScroll: true });
        target.scrollIntoView({ block: "center" });
    }

    onSubmit(ev) {
        ev.preventDefault();
        if (this.sending) {
            return;
        }
        // A picture that is still being made smaller says so on its input.
        const waiting = [...this.el.querySelectorAll("input[type=file]")].find(
            (input) => input.validity.customError,
        );
        if (waiting) {
            waiting.reportValidity();
            return;
        }
        Object.assign(this, { sending: true, failed: false, kept: false, percent: 0 });
        this.updateContent();
        this.send(ev.submitter);
    }

    /** The pressed button says whether to file, to follow or to keep a draft. */
    send(submitter) {
        const request = new XMLHttpRequest();
        request.open("POST", this.el.action);
        request.responseType = "document";
        this.addListener(request.upload, "progress", (ev) => {
            this.percent = ev.lengthComputable ? Math.round((ev.loaded / ev.total) * 100) : 100;
        });
        this.addListener(request, "load", () => this.onAnswer(request));
        this.addListener(request, "error", () => this.onNoConnection(submitter));
        this.addListener(request, "timeout", () => this.onNoConnection(submitter));
        request.send(new FormData(this.el, submitter));
    }

    async onAnswer(request) {
        if (request.responseURL && request.responseURL !== this.el.action) {
            if (this.mayKeep()) {
                await forgetRequest(this.el.elements.filing_key.value).catch(() => {});
            }
            browser.location.assign(request.responseURL);
            return;
        }
        const fresh = request.response?.querySelector(".lgo_page .container");
        if (!fresh?.querySelector("form")) {
            this.onFailure();
            return;
        }
        this.replacePage(fresh);
    }

    onFailure() {
        Object.assign(this, { sending: false, failed: true });
        this.updateContent();
        this.el.querySelector(".lgo_send_failed").scrollIntoView({ block: "center" });
    }

    // ------------------------------------------------------------ without a connection

    /** Nothing is kept of who does not want to be known: the device may belong to others. */
    mayKeep() {
        const kind = new FormData(this.el).get("reporter_kind");
        return "offline" in this.el.dataset && (!kind || kind === "named");
    }

    async onNoConnection(submitter) {
        // saving a draft and following another's case are for the server alone
        if (submitter?.name || !this.mayKeep()) {
            this.onFailure();
            return;
        }
        try {
            await this.waitFor(keepForLater(this.el, this.el.dataset.title));
        } catch {
            this.onFailure(); // private window, or no room left
            return;
        }
        Object.assign(this, { sending: false, kept: true });
        this.updateContent();
        this.el.querySelector(".lgo_kept_offline").scrollIntoView({ block: "center" });
    }

    /** What was kept of this form and could not be filed as it was stands in it again. */
    async restore() {
        if (!this.mayKeep() || this.page.querySelector(".lgo_form_errors")) {
            return;
        }
        let kept = [];
        try {
            kept = await this.waitFor(keptRequests());
        } catch {
            return;
        }
        const path = new URL(this.el.action).pathname;
        const request = kept.find(
            (one) => one.url === path && one.who === this.el.dataset.offline && one.problem,
        );
        if (!request) {
            return;
        }
        for (const field of this.el.elements) {
            const values = request.entries
                .filter(([name]) => name === field.name)
                .map((entry) => entry[1]);
            if (!values.length || field.name === "csrf_token") {
                continue;
            }
            if (field.type === "file") {
                const transfer = new DataTransfer();
                values.forEach((file) => transfer.items.add(file));
                field.files = transfer.files;
            } else if (["checkbox", "radio"].includes(field.type)) {
                field.checked = values.includes(field.value);
            } else {
                field.value = values[0];
            }
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }

    /** Put the form with its errors in place of this one, and the chosen files back into it. */
    async replacePage(fresh) {
        const files = new Map(
            [...this.el.querySelectorAll("input[type=file]")].map((input) => [
                input.name,
                input.files,
            ]),
        );
        const interactions = this.services["public.interactions"];
        const page = this.page;
        page.replaceWith(fresh);
        fresh.querySelector(".lgo_files_lost")?.remove();
        interactions.stopInteractions(page);
        await interactions.startInteractions(fresh);
        for (const input of fresh.querySelectorAll("input[type=file]")) {
            if (files.get(input.name)?.length && !input.classList.contains("is-invalid")) {
                input.files = files.get(input.name);
                input.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }
    }
}

registry.category("public.interactions").add("lgo_oss.request_form", RequestForm);
