import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { QueueFeed } from "./queue_feed";

const ROWS = 6;

/** The display on the wall: last call large, those before it beside, and the voice. */
export class QueueBoard extends QueueFeed {
    static selector = ".lgo_queue_board";
    dynamicContent = {
        ".lgo_queue_sound": { "t-on-click": this.onSound },
    };

    setup() {
        super.setup();
        const token = this.el.dataset.token;
        this.channel = `lgo_oss_queue:board:${token}`;
        this.stateUrl = `/queue/board/${token}/state`;
        // What was called before this page was opened is not read aloud.
        this.spoken = new Map(this.state.calls.map((call) => [call.id, call.calls]));
    }

    start() {
        this.tick();
        super.start();
    }

    destroy() {
        super.destroy();
        browser.clearTimeout(this.clock);
        globalThis.speechSynthesis?.cancel();
    }

    tick() {
        const time = new Intl.DateTimeFormat("th-TH", { hour: "2-digit", minute: "2-digit" });
        this.el.querySelector(".lgo_queue_clock").textContent = time.format(new Date());
        this.clock = browser.setTimeout(() => this.tick(), 5000);
    }

    show(state) {
        const [last, ...before] = state.calls;
        const find = (selector) => this.el.querySelector(selector);
        find(".lgo_queue_last .lgo_queue_number").textContent = last ? last.name : "-";
        find(".lgo_queue_counter").textContent = last ? last.counter : "-";
        find(".lgo_queue_calls tbody").replaceChildren(
            ...before.slice(0, ROWS).map((call) => this.row("tr", "td", [call.name, call.counter])),
        );
        find(".lgo_queue_groups").replaceChildren(
            ...state.groups.map((group) =>
                this.row("li", "span", [`${group.prefix} ${group.name}`, group.waiting]),
            ),
        );
        const fresh = state.calls.filter(
            (call) => !call.serving && this.spoken.get(call.id) !== call.calls,
        );
        for (const call of fresh.reverse()) {
            this.announce(call);
        }
        this.spoken = new Map(state.calls.map((call) => [call.id, call.calls]));
    }

    row(tag, cell, texts) {
        const row = document.createElement(tag);
        for (const text of texts) {
            const element = document.createElement(cell);
            element.textContent = text;
            row.append(element);
        }
        return row;
    }

    /** Shows the sentence and reads it aloud, one after the other. */
    announce(call) {
        this.el.querySelector(".lgo_queue_text").textContent = call.text;
        const last = this.el.querySelector(".lgo_queue_last");
        last.classList.remove("lgo_queue_flash");
        void last.offsetWidth; // starts the animation anew
        last.classList.add("lgo_queue_flash");
        this.say(call.text);
    }

    say(text) {
        if (!this.el.dataset.speak || !globalThis.speechSynthesis) {
            return;
        }
        const words = new SpeechSynthesisUtterance(text);
        words.lang = "th-TH";
        words.rate = 0.9;
        const voice = speechSynthesis.getVoices().find((one) => one.lang.startsWith("th"));
        if (voice) {
            words.voice = voice;
        }
        speechSynthesis.speak(words);
    }

    /** Browsers stay silent until somebody has touched the page. */
    onSound(ev) {
        ev.currentTarget.classList.add("d-none");
        this.say("เปิดเสียงประกาศแล้วค่ะ");
    }
}

registry.category("public.interactions").add("lgo_oss_queue.board", QueueBoard);
