import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Compares a file with the issued document in the browser: the file never leaves the computer.
 * Without WebCrypto (no https) or without script the form is sent to the server instead.
 */
export class VerifyFile extends Interaction {
    static selector = ".lgo_verify_file";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        "input[type=file]": { "t-on-change": () => (this.same = null) },
        ".lgo_verify_same": { "t-att-class": () => ({ "d-none": this.same !== true }) },
        ".lgo_verify_other": { "t-att-class": () => ({ "d-none": this.same !== false }) },
    };

    setup() {
        const shown = (selector) => !this.el.querySelector(selector).matches(".d-none");
        this.same = shown(".lgo_verify_same") ? true : shown(".lgo_verify_other") ? false : null;
    }

    async onSubmit(ev) {
        const file = this.el.querySelector("input[type=file]").files[0];
        if (!file || !window.crypto?.subtle) {
            return;
        }
        ev.preventDefault();
        const content = await this.waitFor(file.arrayBuffer());
        const digest = await this.waitFor(window.crypto.subtle.digest("SHA-256", content));
        const hex = Array.from(new Uint8Array(digest), (byte) =>
            byte.toString(16).padStart(2, "0"),
        );
        this.same = hex.join("") === this.el.dataset.sha256;
        this.updateContent();
    }
}

registry.category("public.interactions").add("lgo_base.verify_file", VerifyFile);
