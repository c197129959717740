import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

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
        ".lgo_send_failed": { "t-att-class": () => ({ "d-none": !this.failed }) },
    };

    setup() {
        Object.assign(this, { sending: false, failed: false, percent: 0 });
        this.page = this.el.closest(".container");
    }

    start() {
        if (this.page.querySelector(".lgo_form_errors")) {
            this.showFirstError();
        }
        this.el.querySelector(".lgo_nearby")?.focus();
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
        Object.assign(this, { sending: true, failed: false, percent: 0 });
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
        this.addListener(request, "error", () => this.onFailure());
        this.addListener(request, "timeout", () => this.onFailure());
        request.send(new FormData(this.el, submitter));
    }

    onAnswer(request) {
        if (request.responseURL && request.responseURL !== this.el.action) {
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
