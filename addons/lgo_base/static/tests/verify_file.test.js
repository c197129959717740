import { after, beforeEach, describe, expect, getFixture, test } from "@odoo/hoot";
import { queryOne, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

import "@lgo_base/interactions/verify_file";

describe.current.tags("interaction_dev");
setupInteractionWhiteList("lgo_base.verify_file");

const CONTENT = "หนังสือรับรอง";
const SHA256 = "0b2de59a35a26a7378ee44243833c3eb87fb52aed8ef7a80bde2ccd71edc7145"; // sha256sum
const SAME = ".lgo_verify_same";
const OTHER = ".lgo_verify_other";

beforeEach(() => {
    // the browser's own digest, which the tests' window does not have
    const frame = document.createElement("iframe");
    document.body.append(frame);
    after(() => frame.remove());
    const { subtle } = frame.contentWindow.crypto;
    patchWithCleanup(window.crypto.subtle, { digest: (...args) => subtle.digest(...args) });
});

async function open(shown = "") {
    const hidden = (selector) => (selector === shown ? "" : "d-none");
    await startInteractions(`
        <form class="lgo_verify_file" method="post" data-sha256="${SHA256}">
            <input type="file" name="file"/>
            <p class="lgo_verify_same ${hidden(SAME)}">same</p>
            <p class="lgo_verify_other ${hidden(OTHER)}">other</p>
        </form>`);
}

async function choose(text) {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "หนังสือ.pdf", { type: "application/pdf" }));
    const input = queryOne("input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await animationFrame();
}

/** Sends the form; true when the browser would carry it to the server. */
function send() {
    let sent = null;
    const watch = (ev) => {
        sent = !ev.defaultPrevented;
        ev.preventDefault();
        ev.stopPropagation();
    };
    getFixture().addEventListener("submit", watch, { once: true });
    queryOne("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    return sent;
}

test("the issued file is recognised without leaving the computer", async () => {
    await open();
    await choose(CONTENT);
    expect(send()).toBe(false);
    await waitFor(`${SAME}:not(.d-none)`);
    expect(OTHER).toHaveClass("d-none");
});

test("one changed letter is another file", async () => {
    await open();
    await choose(`${CONTENT}ๆ`);
    expect(send()).toBe(false);
    await waitFor(`${OTHER}:not(.d-none)`);
    expect(SAME).toHaveClass("d-none");
});

test("the answer goes when another file is chosen", async () => {
    await open(SAME);
    expect(SAME).not.toHaveClass("d-none");
    await choose("another");
    expect(SAME).toHaveClass("d-none");
    expect(OTHER).toHaveClass("d-none");
});

test("without a file, and without WebCrypto, the server answers", async () => {
    await open();
    expect(send()).toBe(true);
    await choose(CONTENT);
    patchWithCleanup(window.crypto, { subtle: undefined });
    expect(send()).toBe(true);
});
