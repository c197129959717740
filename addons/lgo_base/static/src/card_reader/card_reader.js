import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillUnmount, useState } from "@odoo/owl";
import { CardReaderError } from "./card_reader_service";
import { parseCard } from "./card_parse";

const MESSAGES = {
    no_agent: _t(
        "The card reader program does not answer. Start it on this computer, or type the data by hand.",
    ),
    not_loopback: _t(
        "The address of the card reader program must be on this computer. Ask the IT officer.",
    ),
    no_reader: _t("No card reader is connected. Plug it in and try again."),
    no_card: _t("There is no card in the reader. Put it in with the chip first and try again."),
    card_removed: _t("The card was taken out too early. Put it in again and wait."),
    read_failed: _t(
        "The card cannot be read. Clean the chip and try again, or type the data by hand.",
    ),
    busy: _t("The card reader is in use. Wait a moment and try again."),
    slow: _t("The reader takes too long. Take the card out, put it in again and try once more."),
    bad_answer: _t("The card reader program answers with something unknown. Ask the IT officer."),
};
const STATES = {
    waiting: _t("Waiting for a card"),
    reading: _t("Reading. Please leave the card in the reader."),
};

/**
 * A button that reads the ID card at the counter. In the form of a citizen it fills the fields; in
 * any other form it chooses the citizen in ``partner_id``, or opens the form of a new one.
 */
export class CardReader extends Component {
    static template = "lgo_base.CardReader";
    static props = { ...standardWidgetProps };

    setup() {
        this.reader = useService("lgo_card_reader");
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ busy: false, text: "" });
        onWillUnmount(() => this.cancel());
    }

    cancel() {
        this.abort?.abort();
    }

    async read() {
        this.abort = new AbortController();
        Object.assign(this.state, { busy: true, text: STATES.reading });
        let card;
        try {
            const options = {
                signal: this.abort.signal,
                onStatus: (state) => (this.state.text = STATES[state] || ""),
            };
            card = await this.reader.read(options);
        } catch (error) {
            if (!(error instanceof CardReaderError)) {
                throw error;
            }
            this.complain(MESSAGES[error.code]);
            return;
        } finally {
            Object.assign(this.state, { busy: false, text: "" });
        }
        await this.take(parseCard(card, serializeDate(luxon.DateTime.now())));
    }

    complain(text) {
        if (text) {
            this.notification.add(text, { type: "danger" });
        }
    }

    async take(card) {
        if (!card.validId || !card.name.first) {
            this.complain(
                _t(
                    "The number on the card is not right. Nothing was taken over: look at the card.",
                ),
            );
            return;
        }
        if (card.expired) {
            this.dialog.add(ConfirmationDialog, {
                title: _t("The card has expired"),
                body: _t(
                    "Ask for a valid document. The data can be taken over, but they do not prove who the person is.",
                ),
                confirmLabel: _t("Take over the data"),
                confirm: () => this.fill(card),
                cancel: () => {},
            });
            return;
        }
        await this.fill(card);
    }

    async fill(card) {
        const domain = [["lgo_identity_number", "=", card.id]];
        const [known] = await this.orm.searchRead("res.partner", domain, ["display_name"], {
            limit: 1,
        });
        const { record } = this.props;
        if (record.resModel !== "res.partner") {
            await this.choose(card, known);
        } else if (known && known.id !== record.resId) {
            this.complain(
                _t("%(name)s is registered already. Open that record instead.", {
                    name: known.display_name,
                }),
            );
        } else {
            const values = await this.values(card);
            if (values.lgo_birth_date) {
                values.lgo_birth_date = deserializeDate(values.lgo_birth_date);
            }
            await record.update(values);
        }
    }

    /** Choose the citizen of the card in the form of a case, or register a new one. */
    async choose(card, known) {
        const { record } = this.props;
        const update = (partner) => {
            const values = { partner_id: partner };
            if ("identity_document" in record.activeFields && !card.expired) {
                values.identity_document = "card_chip";
            }
            return record.update(values);
        };
        if (known) {
            await update(known);
            return;
        }
        const context = { form_view_ref: "lgo_base.res_partner_view_form_citizen" };
        for (const [name, value] of Object.entries(await this.values(card))) {
            context[`default_${name}`] = value?.id || value;
        }
        this.dialog.add(FormViewDialog, {
            resModel: "res.partner",
            title: _t("New citizen"),
            context,
            // the number of the card does not get into an address of the browser
            canExpand: false,
            onRecordSaved: (partner) =>
                update({
                    id: partner.resId,
                    display_name: partner.data.display_name || partner.data.name,
                }),
        });
    }

    /** The fields of ``res.partner``; what no list knows is left for the clerk. */
    async values(card) {
        const { name, birth, address } = card;
        const [prefix, subdistrict] = await Promise.all([
            this.findOne("lgo.name.prefix", [
                "|",
                ["name", "=", name.prefix],
                ["abbreviation", "=", name.prefix],
            ]),
            this.findOne("lgo.subdistrict", [
                ["name", "=", address.subdistrict],
                ["district_id.name", "=", address.district],
                ["province_id.name", "=", address.province],
            ]),
        ]);
        if (!subdistrict) {
            this.notification.add(
                _t("The subdistrict on the card is not in the list. Please choose it by hand."),
                { type: "warning" },
            );
        }
        return {
            lgo_kind: "citizen",
            lgo_prefix_id: prefix,
            lgo_prefix_text: prefix ? false : name.prefix,
            lgo_first_name: name.first,
            lgo_middle_name: name.middle,
            lgo_last_name: name.last,
            lgo_birth_date: birth.iso || false,
            lgo_birth_partial: birth.text,
            lgo_identity_entry_kind: "citizen",
            lgo_identity_number: card.id,
            lgo_house_no: address.house,
            lgo_moo: address.moo,
            lgo_soi: [address.alley && `ตรอก${address.alley}`, address.soi]
                .filter(Boolean)
                .join(" "),
            lgo_road: address.road,
            lgo_subdistrict_id: subdistrict,
        };
    }

    async findOne(model, domain) {
        const [found] = await this.orm.searchRead(model, domain, ["display_name"], { limit: 1 });
        return found || false;
    }
}

registry.category("view_widgets").add("lgo_card_reader", { component: CardReader });
