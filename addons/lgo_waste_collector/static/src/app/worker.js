/* eslint-env serviceworker */
/* Copyright 2026 LGO contributors
   License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

   The collector's page without a connection. The page holds nothing about anybody; what it shows
   is in the database of the browser. */
const SHELL = "collect-1";
const PAGE = "/collect";
const FILES = ["app", "money", "rows", "server", "store"].map(
    (name) => `/lgo_waste_collector/static/src/app/${name}.js`,
);
const FONTS = ["thai-400", "thai-700", "latin-400", "latin-700"].map(
    (name) => `/lgo_base/static/fonts/sarabun-${name}-normal.woff2`,
);
const FIRST = [PAGE, "/lgo_waste_collector/static/src/app/collect.css", ...FILES, ...FONTS];

self.addEventListener("install", (ev) => {
    const kept = caches.open(SHELL).then((cache) => cache.addAll(FIRST));
    ev.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (ev) => {
    const old = caches
        .keys()
        .then((names) =>
            Promise.all(
                names
                    .filter((name) => name.startsWith("collect-") && name !== SHELL)
                    .map((name) => caches.delete(name)),
            ),
        );
    ev.waitUntil(old.then(() => self.clients.claim()));
});

/* The network first, so that the page is the newest and of whoever is signed in; else what is
   kept. A page that leads to the sign-in form is not kept in place of the app. */
async function answer(ev) {
    const cache = await caches.open(SHELL);
    try {
        const response = await fetch(ev.request);
        if (response.ok && !response.redirected) {
            ev.waitUntil(cache.put(ev.request, response.clone()));
        }
        return response;
    } catch (error) {
        const kept = await cache.match(ev.request, { ignoreSearch: true });
        if (!kept) {
            throw error;
        }
        return kept;
    }
}

self.addEventListener("fetch", (ev) => {
    const url = new URL(ev.request.url);
    if (ev.request.method === "GET" && FIRST.includes(url.pathname)) {
        ev.respondWith(answer(ev));
    }
});
