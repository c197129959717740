import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

export const DEFAULT_URL = "ws://127.0.0.1:14725";
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const VERSION = 1;
const OPEN_MS = 3000;
/** Without a sign of life for so long the reader hangs. */
const SILENT_MS = 20000;
const MAX_ANSWER = 20000;
/** What is asked for; never the photo (PDPA s.22: no more than necessary). */
const FIELDS = ["citizen_id", "name_th", "birth_date", "address", "expires"];
const AGENT_CODES = ["no_reader", "no_card", "card_removed", "read_failed", "busy"];

/** How the agent is reached; the tests put one of their own in its place. */
export const sockets = { open: (url) => new WebSocket(url) };

/** ``code``: no_agent, slow, cancelled, bad_answer, not_loopback, or what the agent said. */
export class CardReaderError extends Error {
    constructor(code) {
        super(code);
        this.name = "CardReaderError";
        this.code = code;
    }
}

/** The card never travels over a network: only a program on this very computer is asked. */
export function isLoopback(address) {
    let url;
    try {
        url = new URL(address);
    } catch {
        return false;
    }
    return ["ws:", "wss:"].includes(url.protocol) && LOOPBACK.includes(url.hostname);
}

/**
 * Ask the local agent for the card in the reader (protocol: docs/card-reader.md).
 *
 * @param {object} [options]
 * @param {(state: string) => void} [options.onStatus] "waiting" for a card, "reading"
 * @param {AbortSignal} [options.signal] stops the reading
 * @returns {Promise<object>} the card
 * @throws {CardReaderError}
 */
export function readCard({ onStatus = () => {}, signal } = {}) {
    const url = session.lgo_card_reader_url || DEFAULT_URL;
    return new Promise((resolve, reject) => {
        if (!isLoopback(url)) {
            reject(new CardReaderError("not_loopback"));
            return;
        }
        const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
        const socket = sockets.open(url);
        let timer = 0;
        const finish = (settle, value) => {
            browser.clearTimeout(timer);
            signal?.removeEventListener("abort", onAbort);
            socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
            socket.close();
            settle(value);
        };
        const fail = (code) => finish(reject, new CardReaderError(code));
        const wait = (milliseconds, code) => {
            browser.clearTimeout(timer);
            timer = browser.setTimeout(() => fail(code), milliseconds);
        };
        const onAbort = () => fail("cancelled");
        signal?.addEventListener("abort", onAbort);
        wait(OPEN_MS, "no_agent");
        socket.onopen = () => {
            wait(SILENT_MS, "slow");
            socket.send(JSON.stringify({ type: "read", version: VERSION, id, fields: FIELDS }));
        };
        socket.onerror = () => fail("no_agent");
        socket.onclose = () => fail("no_agent");
        socket.onmessage = (ev) => {
            const answer = parseAnswer(ev.data);
            if (!answer) {
                fail("bad_answer");
            } else if (answer.type === "hello" || answer.id !== id) {
                return;
            } else if (answer.type === "status") {
                wait(SILENT_MS, "slow");
                onStatus(answer.state);
            } else if (answer.type === "error") {
                fail(AGENT_CODES.includes(answer.code) ? answer.code : "read_failed");
            } else if (answer.type === "card" && answer.card) {
                finish(resolve, answer.card);
            } else {
                fail("bad_answer");
            }
        };
    });
}

function parseAnswer(text) {
    if (typeof text !== "string" || text.length > MAX_ANSWER) {
        return null;
    }
    try {
        const answer = JSON.parse(text);
        return answer && typeof answer === "object" ? answer : null;
    } catch {
        return null;
    }
}

export const cardReaderService = {
    start() {
        return { read: readCard };
    },
};

registry.category("services").add("lgo_card_reader", cardReaderService);
