/* Copyright 2026 LGO contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useService } from "@web/core/utils/hooks";

/**
 * What was handed in, shown beside the form: pictures and PDF files of the checklist, one at a
 * time, with keys for the one before and the one after.
 */
export class DocumentPreview extends Component {
    static template = "lgo_base.DocumentPreview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ files: [], index: 0 });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((props) => this.load(props.record));
    }

    async load(record) {
        const ids = record.data.document_ids?.currentIds?.filter(Number.isInteger) || [];
        const key = `${record.resId}:${ids.join()}`;
        if (key === this.key) {
            return;
        }
        this.key = key;
        const files = ids.length
            ? await this.orm.call(record.resModel, "action_document_files", [record.resId])
            : [];
        Object.assign(this.state, { files, index: 0 });
    }

    get file() {
        return this.state.files[this.state.index];
    }

    get title() {
        const { files, index } = this.state;
        return _t("%(label)s (%(index)s of %(total)s)", {
            label: this.file.label,
            index: index + 1,
            total: files.length,
        });
    }

    get url() {
        const source = `/web/content/${this.file.id}`;
        return this.file.mimetype === "application/pdf"
            ? `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(source)}`
            : `/web/image/${this.file.id}`;
    }

    move(step) {
        const { files, index } = this.state;
        this.state.index = (index + step + files.length) % files.length;
    }
}

registry.category("view_widgets").add("lgo_document_preview", {
    component: DocumentPreview,
    fieldDependencies: [{ name: "document_ids", type: "one2many" }],
});
