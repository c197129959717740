/**
 * Requests that could not be sent, in the database of the browser (IndexedDB), photos included.
 *
 * A plain module without imports: the page for times without a connection loads it as it is.
 */
const NAME = "lgo-outbox";
const STORE = "requests";
const DAY = 24 * 60 * 60 * 1000;
/** A request is kept no longer than this: PDPA B.E. 2562 s.37(3), not longer than needed. */
export const KEPT_DAYS = 7;

function open() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function run(mode, action) {
    const database = await open();
    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = action(transaction.objectStore(STORE));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

/** Keep a request: {key, who, url, title, entries, at, problem}. */
export const putRequest = (request) => run("readwrite", (store) => store.put(request));

export const deleteRequest = (key) => run("readwrite", (store) => store.delete(key));

/** All that is kept, the oldest first; what is too old is deleted. */
export async function keptRequests(now = Date.now()) {
    const found = [];
    for (const request of await run("readonly", (store) => store.getAll())) {
        if (request.at + KEPT_DAYS * DAY < now) {
            await deleteRequest(request.key);
        } else {
            found.push(request);
        }
    }
    return found.sort((one, other) => one.at - other.at);
}
