import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { downscale, PHOTO_TYPES } from "./photo_scale";

const MEGABYTE = 1024 * 1024;

/**
 * Preview, removal and shrinking of pictures around a plain file input, which works alone when
 * there is no JavaScript. See readme/DEVELOP.md for the markup.
 */
export class PhotoInput extends Interaction {
    static selector = ".lgo_photo_input";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onChange },
        ".lgo_photo_remove": { "t-on-click.prevent": this.onRemove },
        ".lgo_photo_status": { "t-out": () => this.status },
        ".lgo_photo_errors": {
            "t-out": () => this.errors.join(" "),
            "t-att-class": () => ({ "d-none": !this.errors.length }),
        },
        progress: {
            "t-att-class": () => ({ "d-none": !this.busy }),
            "t-att-value": () => this.done,
            "t-att-max": () => this.total || 1,
        },
    };

    setup() {
        this.input = this.el.querySelector("input[type=file]");
        const { maxFiles, maxBytes, maxSide } = this.el.dataset;
        this.maxFiles = Number(maxFiles) || (this.input?.multiple ? 5 : 1);
        this.maxBytes = Number(maxBytes) || 10 * MEGABYTE;
        this.maxSide = Number(maxSide) || 1600;
        this.photos = []; // {file, url}
        Object.assign(this, { status: "", errors: [], busy: false, done: 0, total: 0 });
    }

    start() {
        if (!this.input) {
            return;
        }
        this.renderAt("lgo_base.PhotoInput", {}, this.el);
        this.list = this.el.querySelector(".lgo_photo_list");
        this.registerCleanup(() => this.photos.forEach((p) => URL.revokeObjectURL(p.url)));
        this.updateContent();
    }

    async onChange() {
        const chosen = [...this.input.files];
        this.errors = [];
        Object.assign(this, { busy: true, done: 0, total: chosen.length });
        // Nothing half-ready is sent: the browser stops the form and says why.
        this.input.setCustomValidity(_t("Please wait until the pictures are ready."));
        if (!this.input.multiple) {
            this.forget(this.photos.splice(0));
        }
        for (const file of chosen) {
            this.status = _t("Preparing picture %(index)s of %(count)s…", {
                index: this.done + 1,
                count: this.total,
            });
            this.updateContent();
            const photo = await this.waitFor(this.prepare(file));
            if (photo) {
                this.photos.push(photo);
            }
            this.done++;
        }
        this.busy = false;
        this.input.setCustomValidity("");
        this.show();
    }

    /** @returns {Promise<{file: File, url: string}|null>} null when the file was refused */
    async prepare(file) {
        if (!PHOTO_TYPES.includes(file.type) && !/^image\/hei[cf]/.test(file.type)) {
            const text = _t(
                "“%(name)s” is not a picture. Please choose a JPEG, PNG or WebP picture.",
                {
                    name: file.name,
                },
            );
            this.errors.push(text);
            return null;
        }
        if (this.photos.length >= this.maxFiles) {
            const text = _t("At most %(count)s pictures. The others were left out.", {
                count: this.maxFiles,
            });
            if (!this.errors.includes(text)) {
                this.errors.push(text);
            }
            return null;
        }
        let small;
        try {
            small = await downscale(file, this.maxSide);
        } catch {
            this.errors.push(
                _t("“%(name)s” cannot be opened. Please choose another picture.", {
                    name: file.name,
                }),
            );
            return null;
        }
        if (small.size > this.maxBytes) {
            this.errors.push(
                _t("“%(name)s” is larger than %(limit)s MB.", {
                    name: file.name,
                    limit: Math.floor(this.maxBytes / MEGABYTE) || 1,
                }),
            );
            return null;
        }
        return { file: small, url: URL.createObjectURL(small) };
    }

    onRemove(ev) {
        const index = Number(ev.currentTarget.dataset.index);
        this.forget(this.photos.splice(index, 1));
        this.errors = [];
        this.show();
        const next = this.list.querySelectorAll(".lgo_photo_remove")[index];
        (next || this.input).focus();
    }

    forget(photos) {
        photos.forEach((photo) => URL.revokeObjectURL(photo.url));
    }

    /** Put the small pictures into the input, so that the form sends them, and show them. */
    show() {
        const transfer = new DataTransfer();
        this.photos.forEach((photo) => transfer.items.add(photo.file));
        this.input.files = transfer.files;
        this.status = this.photos.length
            ? _t("%(count)s picture(s) ready to send.", { count: this.photos.length })
            : "";
        this.list.replaceChildren();
        this.renderAt(
            "lgo_base.PhotoList",
            {
                photos: this.photos.map((photo) => ({
                    url: photo.url,
                    name: photo.file.name,
                    label: _t("Remove %(name)s", { name: photo.file.name }),
                })),
            },
            this.list,
        );
        this.updateContent();
    }
}

registry.category("public.interactions").add("lgo_base.photo_input", PhotoInput);
