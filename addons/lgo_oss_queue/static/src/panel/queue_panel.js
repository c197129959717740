import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useService } from "@web/core/utils/hooks";
import { QueueControls } from "./queue_controls";

/** The officer's panel: choose a counter, call, serve, send on, give tickets. */
export class QueuePanel extends Component {
    static template = "lgo_oss_queue.Panel";
    static components = { QueueControls };
    static props = { ...standardActionServiceProps };

    setup() {
        this.queue = useState(useService("lgo_queue"));
        this.form = useState({ target: "", service: "", priority: "", number: "" });
        onWillStart(async () => {
            await this.queue.ready;
            if (this.queue.allowed) {
                await this.queue.refresh();
            }
        });
    }

    get state() {
        return this.queue.state;
    }

    /** Lines and single counters to which a person may be sent on. */
    get targets() {
        const groups = this.state.groups.map((group) => ({
            value: `${group.id}:0`,
            name: `${group.prefix} ${group.name}`,
        }));
        const counters = this.state.counters
            .filter((counter) => counter.id !== this.state.counter.id && counter.groups.length)
            .map((counter) => ({
                value: `${counter.groups[0]}:${counter.id}`,
                name: counter.name,
            }));
        return [...groups, ...counters];
    }

    /** What a ticket can be given for: each service, or the group that has none. */
    get offers() {
        return this.state.groups.flatMap((group) =>
            group.services.length
                ? group.services.map((service) => ({
                      value: `${group.id}:${service.id}`,
                      name: `${group.prefix} ${service.name}`,
                  }))
                : [{ value: `${group.id}:0`, name: `${group.prefix} ${group.name}` }],
        );
    }

    sit(counter) {
        return this.queue.run("action_sit", [], counter.id);
    }

    async transfer() {
        const [group, counter] = this.form.target.split(":").map(Number);
        await this.queue.run("action_transfer", [group, counter]);
        this.form.target = "";
    }

    async issue() {
        const [group, service] = this.form.service.split(":").map(Number);
        const result = await this.queue.run("action_issue", [
            group,
            service,
            Number(this.form.priority),
        ]);
        Object.assign(this.form, { service: "", priority: "" });
        if (result?.slip) {
            browser.open(result.slip, "_blank");
        }
    }

    async link() {
        await this.queue.run("action_link_case", [this.form.number]);
        this.form.number = "";
    }
}

registry.category("actions").add("lgo_oss_queue.panel", QueuePanel);
