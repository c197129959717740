import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, tick } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

import { session } from "@web/session";
import { isLoopback, readCard, sockets } from "@lgo_base/card_reader/card_reader_service";

describe.current.tags("headless");

/** A socket whose other end is played by ``script(send, request)``. */
function playAgent(script, { opens = true } = {}) {
    const opened = [];
    class Agent {
        constructor(url) {
            Object.assign(this, { url, closed: false });
            opened.push(this);
            if (opens) {
                Promise.resolve().then(() => this.onopen?.());
            }
        }
        send(text) {
            const request = JSON.parse(text);
            this.request = request;
            script((answer) => this.onmessage?.({ data: answer }), request, this);
        }
        close() {
            this.closed = true;
        }
    }
    patchWithCleanup(sockets, { open: (url) => new Agent(url) });
    return opened;
}

const say = (send, request, answer) => send(JSON.stringify({ id: request.id, ...answer }));

async function codeOf(promise) {
    try {
        await promise;
    } catch (error) {
        return error.code;
    }
    return "none";
}

test("the card comes after the status, the photo is never asked for", async () => {
    const states = [];
    const opened = playAgent((send, request) => {
        send(JSON.stringify({ type: "hello", version: 1 }));
        say(send, { id: "of another window" }, { type: "card", card: { citizen_id: "wrong" } });
        say(send, request, { type: "status", state: "waiting" });
        say(send, request, { type: "card", card: { citizen_id: "1234567890121" } });
    });
    const card = await readCard({ onStatus: (state) => states.push(state) });
    expect(card).toEqual({ citizen_id: "1234567890121" });
    expect(states).toEqual(["waiting"]);
    expect(opened[0].url).toBe("ws://127.0.0.1:14725");
    expect(opened[0].request.fields).not.toInclude("photo");
    expect(opened[0].closed).toBe(true);
});

test("what goes wrong has a name", async () => {
    for (const code of ["no_card", "card_removed", "no_reader", "read_failed", "busy"]) {
        playAgent((send, request) => say(send, request, { type: "error", code }));
        expect(await codeOf(readCard())).toBe(code);
    }
    playAgent((send, request) => say(send, request, { type: "error", code: "<b>x</b>" }));
    expect(await codeOf(readCard())).toBe("read_failed");
    for (const nonsense of ["{", "[]x", "1", "x".repeat(30000)]) {
        playAgent((send) => send(nonsense));
        expect(await codeOf(readCard())).toBe("bad_answer");
    }
    playAgent((_send, _request, socket) => socket.onerror());
    expect(await codeOf(readCard())).toBe("no_agent");
    playAgent((_send, _request, socket) => socket.onclose());
    expect(await codeOf(readCard())).toBe("no_agent");
});

test("nobody waits for ever", async () => {
    const silent = playAgent(() => {}, { opens: false });
    let reading = codeOf(readCard());
    await advanceTime(3100);
    expect(await reading).toBe("no_agent");
    expect(silent[0].closed).toBe(true);
    playAgent(() => {});
    reading = codeOf(readCard());
    await tick();
    await advanceTime(20100);
    expect(await reading).toBe("slow");
    const abort = new AbortController();
    playAgent(() => {});
    reading = codeOf(readCard({ signal: abort.signal }));
    abort.abort();
    expect(await reading).toBe("cancelled");
});

test("only this computer is asked", async () => {
    for (const url of ["ws://127.0.0.1:1", "ws://localhost:1", "ws://[::1]:1"]) {
        expect(isLoopback(url)).toBe(true);
    }
    for (const url of [
        "ws://192.168.1.5:1",
        "ws://127.0.0.1.example.com",
        "http://127.0.0.1",
        "x",
    ]) {
        expect(isLoopback(url)).toBe(false);
    }
    const opened = playAgent(() => {});
    patchWithCleanup(session, { lgo_card_reader_url: "ws://reader.example.com:1" });
    expect(await codeOf(readCard())).toBe("not_loopback");
    expect(opened.length).toBe(0);
});
