import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { QueueControls } from "./queue_controls";

/** The counter in the top bar, so that numbers are called beside the form of a case. */
export class QueueSystray extends Component {
    static template = "lgo_oss_queue.Systray";
    static components = { Dropdown, QueueControls };
    static props = {};

    setup() {
        this.queue = useState(useService("lgo_queue"));
    }
}

registry
    .category("systray")
    .add("lgo_oss_queue.systray", { Component: QueueSystray }, { sequence: 40 });
