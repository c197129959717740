import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Hides the contact fields while the reporter wants no name. Without JavaScript they stay, and
 * the server throws away what was typed.
 */
export class ReporterKind extends Interaction {
    static selector = ".lgo_request_form:has(.lgo_reporter_kind)";
    dynamicContent = {
        ".lgo_reporter_kind input": { "t-on-change": () => this.updateContent() },
        _root: { "t-att-class": () => ({ lgo_without_name: this.withoutName }) },
    };

    get withoutName() {
        return Boolean(this.el.querySelector(".lgo_reporter_kind input[value=anonymous]:checked"));
    }
}

registry.category("public.interactions").add("lgo_oss_complaint.reporter_kind", ReporterKind);
