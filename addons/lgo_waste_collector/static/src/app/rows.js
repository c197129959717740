/** The rows that the phone writes, each with a check sum over itself and the row before. */
import { allRows, alone, getState, putRow } from "./store.js";

/** Statuses of the server after which a row is out of our hands. */
const TAKEN = ["created", "duplicate", "conflict", "held", "refused"];

export const isPending = (row) => !TAKEN.includes(row.status);

async function digest(row) {
    const bills = row.bills.map((bill) => `${bill.number}:${bill.amount}`).join(",");
    const text = [
        row.prev,
        row.uuid,
        row.seq,
        row.at,
        row.kind,
        row.account,
        bills,
        row.amount,
        row.receipt,
        row.reason,
        row.note,
    ].join("|");
    const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Receipt numbers that are left. */
export function freeNumbers(pack, rows) {
    const used = new Set(rows.map((row) => row.receipt));
    return pack.numbers.filter((number) => !used.has(number.number));
}

/** Money in the pocket: what the server knew, and what was written since. */
export const cashInHand = (pack, rows) =>
    pack.cash + rows.filter((row) => !row.counted).reduce((sum, row) => sum + row.amount, 0);

/**
 * Write a row: it is on the disk when this returns.
 *
 * @param {Object} values kind, account, bills, amount, reason, note, place
 * @returns {Promise<Object|null>} the row; null when a payment finds no receipt number
 */
export function writeRow(values) {
    return alone("write", async () => {
        const pack = await getState("package");
        const rows = await allRows();
        const last = rows.at(-1);
        const after = last && last.seq >= pack.seq ? last : { seq: pack.seq, hash: pack.prev };
        const number = values.kind === "payment" ? freeNumbers(pack, rows)[0] : null;
        if (values.kind === "payment" && !number) {
            return null;
        }
        const row = {
            ...values,
            uuid: crypto.randomUUID(),
            seq: after.seq + 1,
            at: Date.now(),
            receipt: number?.number || 0,
            prev: after.hash,
            status: "",
        };
        row.hash = await digest(row);
        const kept = { ...row, receiptName: number?.name || "", book: number?.book || 0 };
        await putRow(kept);
        return kept;
    });
}

const WIRE = "uuid seq at kind account bills amount receipt reason note place prev hash".split(" ");

/** What goes over the wire of a row. */
export const wireRow = (row) => Object.fromEntries(WIRE.map((name) => [name, row[name]]));
