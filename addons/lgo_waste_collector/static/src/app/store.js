/**
 * What the phone keeps: the package of the round and the rows that were written (IndexedDB).
 */
const NAME = "lgo-collect";

function open() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("state");
            request.result.createObjectStore("rows", { keyPath: "uuid" });
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function run(store, mode, action) {
    const database = await open();
    try {
        return await new Promise((resolve, reject) => {
            // strict: a receipt is on the disk before it is shown to anybody
            const transaction = database.transaction(store, mode, { durability: "strict" });
            const request = action(transaction.objectStore(store));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

/** A value of the phone: device, package, place. */
export const getState = (key) => run("state", "readonly", (store) => store.get(key));
export const putState = (key, value) => run("state", "readwrite", (store) => store.put(value, key));
export const deleteState = (key) => run("state", "readwrite", (store) => store.delete(key));

export const putRow = (row) => run("rows", "readwrite", (store) => store.put(row));
export const clearRows = () => run("rows", "readwrite", (store) => store.clear());

/** All rows in the order in which they were written. */
export async function allRows() {
    const rows = await run("rows", "readonly", (store) => store.getAll());
    return rows.sort((one, other) => one.seq - other.seq);
}

/** One tab at a time does "write" or "send"; a receipt never waits for a slow connection. */
export const alone = (what, action) => navigator.locks.request(`lgo-collect-${what}`, action);
