import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { deleteRequest, KEPT_DAYS, keptRequests, putRequest } from "./outbox_store";

const CHANGED = "lgo-outbox-changed";

/**
 * Keep the form of a request for later.
 *
 * @param {HTMLFormElement} form with data-offline (who fills it) and its filing_key
 * @param {string} title name of the service
 */
export async function keepForLater(form, title) {
    const data = new FormData(form);
    const entries = [...data.entries()].filter(
        ([name, value]) => name !== "csrf_token" && !(value instanceof File && !value.size),
    );
    await putRequest({
        key: data.get("filing_key"),
        who: form.dataset.offline,
        url: new URL(form.action).pathname,
        title,
        entries,
        at: Date.now(),
        problem: "",
    });
    document.dispatchEvent(new CustomEvent(CHANGED));
}

/** Take a request out of the store, such as when it has been sent after all. */
export async function forgetRequest(key) {
    await deleteRequest(key);
    document.dispatchEvent(new CustomEvent(CHANGED));
}

async function freshForm(url) {
    const response = await fetch(url, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("form[data-offline]");
}

/**
 * Send one request. The key of the form makes sure that it is filed once, even when an earlier
 * answer was lost on its way.
 *
 * @returns {Promise<{sent?: string, problem?: string}>} address of the case, or what is wrong
 * @throws {TypeError} when there is still no connection
 */
export async function sendRequest(request) {
    const form = await freshForm(request.url);
    if (!form || form.dataset.offline !== request.who) {
        return { problem: _t("Please sign in with the account with which you wrote it.") };
    }
    const body = new FormData();
    for (const [name, value] of request.entries) {
        body.append(name, value);
    }
    body.set("csrf_token", form.querySelector("[name=csrf_token]").value);
    const response = await fetch(request.url, { method: "POST", body });
    if (response.redirected && response.ok) {
        return { sent: response.url };
    }
    return {
        problem:
            response.status === 429 || response.status >= 500
                ? _t("The server is busy. It will be tried again.")
                : _t("It could not be filed as it is. Please check the form."),
    };
}

/** What waits on this device: shown on each page, sent as soon as there is a connection. */
export class Outbox extends Interaction {
    static selector = ".lgo_outbox";
    dynamicContent = {
        ".lgo_outbox_send": { "t-on-click": (ev) => this.send(ev.currentTarget.dataset.key) },
        ".lgo_outbox_delete": { "t-on-click": (ev) => this.onDelete(ev) },
        _window: { "t-on-online": () => this.send() },
        _document: { [`t-on-${CHANGED}`]: () => this.show() },
    };

    async willStart() {
        this.requests = await this.load();
    }

    start() {
        this.list = this.el.querySelector(".lgo_outbox_list");
        this.render();
        if (this.requests.length && navigator.onLine) {
            this.send();
        }
    }

    async load() {
        try {
            const kept = await keptRequests();
            return kept.filter((request) => request.who === this.el.dataset.who);
        } catch {
            return []; // a browser without storage: nothing was kept either
        }
    }

    async show() {
        this.requests = await this.waitFor(this.load());
        this.render();
    }

    render() {
        this.el.classList.toggle("d-none", !this.requests.length && !this.sent);
        this.list.replaceChildren();
        if (!this.requests.length) {
            return;
        }
        const requests = this.requests.map((request) => ({
            ...request,
            when: new Date(request.at).toLocaleString("th-TH", {
                dateStyle: "medium",
                timeStyle: "short",
            }),
            text:
                request.problem ||
                _t(
                    "Kept on this device; it is sent when there is a signal. Deleted after %s days.",
                    KEPT_DAYS,
                ),
        }));
        this.renderAt("lgo_base.Outbox", { requests }, this.list);
    }

    async onDelete(ev) {
        await this.waitFor(deleteRequest(ev.currentTarget.dataset.key));
        await this.show();
        this.el.querySelector(".lgo_outbox_delete")?.focus();
    }

    /** Send one, or all that wait; one page at a time does it. */
    async send(key) {
        await this.waitFor(
            navigator.locks.request("lgo-outbox", { ifAvailable: true }, async (lock) => {
                if (!lock) {
                    return;
                }
                for (const request of await this.load()) {
                    if (!key || request.key === key) {
                        await this.sendOne(request);
                    }
                }
            }),
        );
        await this.show();
    }

    async sendOne(request) {
        let result;
        try {
            result = await sendRequest(request);
        } catch {
            return; // no connection yet: the next time
        }
        if (!result.sent) {
            await putRequest({ ...request, problem: result.problem.toString() });
            return;
        }
        await deleteRequest(request.key);
        this.sent = true;
        const place = this.el.querySelector(".lgo_outbox_sent");
        this.renderAt(
            "lgo_base.OutboxSent",
            { text: _t("Sent:"), title: request.title, url: result.sent },
            place,
        );
    }
}

registry.category("public.interactions").add("lgo_base.outbox", Outbox);
