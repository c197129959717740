import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A small form that a second tap does not send again. */
export class SubmitOnce extends Interaction {
    static selector = "form.lgo_once";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        _window: { "t-on-pageshow": () => (this.sent = false) },
        "button[type=submit]": { "t-att-class": () => ({ disabled: this.sent }) },
    };

    setup() {
        this.sent = false;
    }

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
    }
}

registry.category("public.interactions").add("lgo_oss.submit_once", SubmitOnce);
