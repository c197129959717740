/* global L */
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { addTiles, drawBoundary, drawGrid, FALLBACK, makeMap } from "./map_base";
import { boundsOf, clampPosition, pointInPolygons, polygonsOf } from "./map_geometry";

const PIN_ZOOM = 16;

/**
 * Lets a citizen pin a place. See readme/DEVELOP.md for the markup; without JavaScript the
 * hidden inputs stay empty and the place is described in words.
 */
export class MapPin extends Interaction {
    static selector = ".lgo_map_pin";
    dynamicContent = {
        ".lgo_map_locate": { "t-on-click.prevent": this.onLocate },
        ".lgo_map_center": { "t-on-click.prevent": this.onCenter },
        ".lgo_map_clear": {
            "t-on-click.prevent": () => this.setPin(null),
            "t-att-disabled": () => (this.pin ? undefined : "disabled"),
        },
        ".lgo_map_status": {
            "t-out": () => this.status,
            "t-att-class": () => ({
                "alert-warning": this.warning,
                "alert-light": !this.warning,
            }),
        },
    };

    setup() {
        this.latInput = this.el.querySelector("input[name$=latitude], [data-role=latitude]");
        this.lonInput = this.el.querySelector("input[name$=longitude], [data-role=longitude]");
        this.polygons = polygonsOf(this.el.dataset.boundary);
        this.pin = clampPosition(this.latInput?.value, this.lonInput?.value);
        this.setStatus();
    }

    async willStart() {
        try {
            await loadBundle("lgo_base.assets_map");
        } catch {
            this.failed = true;
        }
    }

    start() {
        if (this.failed || !this.latInput || !this.lonInput || typeof L === "undefined") {
            this.el.hidden = true;
            return;
        }
        this.renderAt("lgo_base.MapPin", { canLocate: "geolocation" in navigator }, this.el);
        this.makeMap();
        this.updateContent();
    }

    // ---------------------------------------------------------------- the map

    makeMap() {
        const canvas = this.el.querySelector(".lgo_map_canvas");
        const attribution = this.el.dataset.tileAttribution || "";
        this.map = makeMap(canvas, { attributionControl: Boolean(attribution) });
        this.registerCleanup(() => this.map.remove());
        // Leaflet draws shapes only on a map that has a view.
        this.showStartView();
        addTiles(this.map, this.el.dataset.tileUrl, attribution);
        const grid = L.layerGroup().addTo(this.map);
        drawBoundary(this.map, this.polygons);
        this.map.on("moveend", () => drawGrid(this.map, grid));
        this.map.on("click", (ev) => this.setPin(ev.latlng));
        drawGrid(this.map, grid);
        // In a tab or wizard the canvas may get its size later.
        const observer = new ResizeObserver(() => this.map.invalidateSize());
        observer.observe(canvas);
        this.registerCleanup(() => observer.disconnect());
        if (this.pin) {
            this.drawPin();
        }
    }

    showStartView() {
        const bounds = boundsOf(this.polygons);
        const center = clampPosition(this.el.dataset.centerLat, this.el.dataset.centerLon);
        if (this.pin) {
            this.map.setView([this.pin.lat, this.pin.lon], PIN_ZOOM);
        } else if (bounds) {
            this.map.fitBounds(bounds);
        } else {
            const { lat, lon } = center || FALLBACK;
            this.map.setView([lat, lon], center ? 14 : 6);
        }
    }

    // ---------------------------------------------------------------- the pin

    /** @param {{lat: number, lng: number}|null} latLng */
    setPin(latLng) {
        this.pin = latLng ? clampPosition(latLng.lat, latLng.lng) : null;
        this.latInput.value = this.pin ? this.pin.lat : "";
        this.lonInput.value = this.pin ? this.pin.lon : "";
        this.latInput.dispatchEvent(new Event("change", { bubbles: true }));
        this.drawPin();
        this.setStatus();
        this.updateContent();
    }

    drawPin() {
        if (!this.pin) {
            this.marker?.remove();
            this.marker = null;
            return;
        }
        const place = [this.pin.lat, this.pin.lon];
        if (this.marker) {
            this.marker.setLatLng(place);
            return;
        }
        this.marker = L.marker(place, {
            draggable: true,
            autoPan: true,
            keyboard: true,
            alt: _t("Pin. Arrow keys move it."),
            icon: L.divIcon({
                className: "lgo_map_marker",
                html: '<i class="fa fa-map-marker" aria-hidden="true"></i>',
                iconSize: [44, 44],
                iconAnchor: [22, 42],
            }),
        }).addTo(this.map);
        this.marker.on("dragend", () => this.setPin(this.marker.getLatLng()));
        const element = this.marker.getElement();
        element.setAttribute("aria-label", _t("Pin. Arrow keys move it."));
        this.addListener(element, "keydown", (ev) => this.onMarkerKey(ev));
    }

    /** Arrow keys on the pin move it by 10 screen points, with Shift by one. */
    onMarkerKey(ev) {
        const moves = {
            ArrowUp: [0, -1],
            ArrowDown: [0, 1],
            ArrowLeft: [-1, 0],
            ArrowRight: [1, 0],
        };
        if (ev.key === "Delete" || ev.key === "Backspace") {
            ev.preventDefault();
            this.setPin(null);
            this.el.querySelector(".lgo_map_canvas").focus();
            return;
        }
        const move = moves[ev.key];
        if (!move) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const length = ev.shiftKey ? 1 : 10;
        const point = this.map.latLngToContainerPoint([this.pin.lat, this.pin.lon]);
        this.setPin(
            this.map.containerPointToLatLng([
                point.x + move[0] * length,
                point.y + move[1] * length,
            ]),
        );
        this.map.panInside([this.pin.lat, this.pin.lon], { padding: [44, 44], animate: false });
    }

    onCenter() {
        this.setPin(this.map.getCenter());
        this.marker.getElement().focus();
    }

    async onLocate() {
        this.status = _t("Looking for your position…");
        this.warning = false;
        this.updateContent();
        const found = await this.waitFor(
            new Promise((resolve) =>
                navigator.geolocation.getCurrentPosition(
                    (position) => resolve(position.coords),
                    () => resolve(null),
                    { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
                ),
            ),
        );
        if (!found) {
            this.status = _t("Your position could not be found. Please set the pin on the map.");
            this.warning = true;
            this.updateContent();
            return;
        }
        this.setPin({ lat: found.latitude, lng: found.longitude });
        this.map.setView([this.pin.lat, this.pin.lon], PIN_ZOOM, { animate: false });
    }

    setStatus() {
        this.warning = false;
        if (!this.pin) {
            this.status = _t("No pin has been set.");
        } else if (
            this.polygons.length &&
            !pointInPolygons(this.pin.lon, this.pin.lat, this.polygons)
        ) {
            this.warning = true;
            this.status = _t("The pin is outside the area of this municipality. Please check it.");
        } else {
            this.status = _t("Pin at latitude %(lat)s, longitude %(lon)s.", {
                lat: this.pin.lat.toFixed(5),
                lon: this.pin.lon.toFixed(5),
            });
        }
    }
}

registry.category("public.interactions").add("lgo_base.map_pin", MapPin);
