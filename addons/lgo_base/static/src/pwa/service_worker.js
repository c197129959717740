/* eslint-env serviceworker */
/* Copyright 2026 LGO contributors
   License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

   The citizens' site without a connection: its styles and scripts, and one page that says how to
   reach the office. No page that somebody has opened is ever kept here, nor any answer to a form:
   the device may be shared. */
const SHELL = "lgo-shell-1";
const OFFLINE = "/offline";
const FIRST = [
    OFFLINE,
    "/lgo_base/static/img/emblem.svg",
    "/lgo_base/static/src/pwa/offline_page.js",
    "/lgo_base/static/src/pwa/outbox_store.js",
];
/* What is kept of the static files; the oldest go first. */
const MOST = 60;

const isStatic = (url) =>
    url.pathname.startsWith("/web/assets/") || /^\/\w+\/static\//.test(url.pathname);

self.addEventListener("install", (ev) => {
    const kept = caches
        .open(SHELL)
        // without cookies: it is the page of a visitor, whoever is signed in
        .then((cache) =>
            cache.addAll(FIRST.map((path) => new Request(path, { credentials: "omit" }))),
        );
    ev.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (ev) => {
    const old = caches
        .keys()
        .then((names) =>
            Promise.all(
                names
                    .filter((name) => name.startsWith("lgo-") && name !== SHELL)
                    .map((name) => caches.delete(name)),
            ),
        );
    ev.waitUntil(old.then(() => self.clients.claim()));
});

async function keep(request, response) {
    if (response.ok && response.type === "basic") {
        const cache = await caches.open(SHELL);
        await cache.put(request, response);
        const kept = (await cache.keys()).filter((one) => isStatic(new URL(one.url)));
        await Promise.all(kept.slice(0, -MOST).map((one) => cache.delete(one)));
    }
}

async function staticFile(ev) {
    const kept = await caches.match(ev.request);
    const fresh = fetch(ev.request).then((response) => {
        ev.waitUntil(keep(ev.request, response.clone()));
        return response;
    });
    if (kept && new URL(ev.request.url).pathname.startsWith("/web/assets/")) {
        fresh.catch(() => {});
        return kept; // its address holds the checksum of its content
    }
    return fresh.catch(() => kept || Response.error());
}

self.addEventListener("fetch", (ev) => {
    const url = new URL(ev.request.url);
    if (ev.request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (ev.request.mode === "navigate") {
        ev.respondWith(fetch(ev.request).catch(() => caches.match(OFFLINE)));
    } else if (isStatic(url)) {
        ev.respondWith(staticFile(ev));
    }
});
