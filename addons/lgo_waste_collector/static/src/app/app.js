/** The screens of the collector's page. */
import { baht, bahtText } from "./money.js";
import { cashInHand, freeNumbers, isPending, wireRow, writeRow } from "./rows.js";
import { ask, ServerError } from "./server.js";
import { allRows, alone, clearRows, deleteState, getState, putRow, putState } from "./store.js";

const SCREENS = ["start", "list", "house", "receipt", "end", "done"];
/** Rows of one delivery, as the server takes them. */
const BATCH = 50;
const EVERY = 30_000;
const REASONS = ["away", "closed", "later", "refused", "moved", "other"];

const user = Number(document.body.dataset.user);
const el = (id) => document.getElementById(id);
let pack = null;
let rows = [];
let point = null;

function text(key, ...values) {
    const words = document.querySelector(`#texts [data-text=${key}]`).textContent.trim();
    return values.reduce((found, value, at) => found.replace(`{${at}}`, value), words);
}

function say(message, isGood = false) {
    el("alert").textContent = message || "";
    el("alert").classList.toggle("good", isGood);
    el("alert").hidden = !message;
    if (message) {
        el("alert").scrollIntoView({ block: "nearest" });
    }
}

function show(name, focus) {
    for (const screen of SCREENS) {
        el(screen).hidden = screen !== name;
    }
    say("");
    window.scrollTo(0, 0);
    el(focus || name)?.focus();
}

const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
};

const when = (millis) =>
    new Date(millis).toLocaleString("th-TH", { dateStyle: "medium", timeStyle: "short" });

function renderState() {
    const pending = rows.filter(isPending).length;
    el("net").textContent = text(navigator.onLine ? "online" : "offline");
    el("queue").textContent = pack ? (pending ? text("waiting", pending) : text("sent")) : "";
    document.body.classList.toggle("offline", !navigator.onLine);
}

// -- list ---------------------------------------------------------------------------------

/** Bills of a house that are still to be paid, as far as this phone knows. */
function openBills(house) {
    const paid = new Set(rows.flatMap((row) => row.bills.map((bill) => bill.number)));
    return house.bills.filter((bill) => !paid.has(bill.number));
}

const sum = (bills) => bills.reduce((total, bill) => total + bill.amount, 0);

function houseState(house) {
    const own = rows.filter((row) => row.account === house.number);
    const receipt = own.filter((row) => row.kind === "payment").at(-1);
    const bills = openBills(house);
    if (receipt && !bills.length) {
        return { kind: "paid", words: text("paid", receipt.receiptName) };
    }
    const owed = bills.length ? text("owes", baht(sum(bills))) : text("nothing_owed");
    return own.length
        ? { kind: "visited", words: `${text("visited")} · ${owed}` }
        : { kind: bills.length ? "owing" : "clear", words: owed };
}

function fits(house, words) {
    const all = `${house.number} ${house.name} ${house.house} ${house.payer}`.toLowerCase();
    return !words || all.includes(words.toLowerCase());
}

function houseRow(house) {
    const state = houseState(house);
    const button = element(
        "button",
        { type: "button", className: `house ${state.kind}`, onclick: () => openHouse(house) },
        element("strong", { textContent: house.name }),
        element("span", { textContent: house.payer }),
        element("span", { className: "owed", textContent: state.words }),
    );
    return element("li", {}, button);
}

function renderList() {
    const words = el("search").value.trim();
    const owing = el("owing").checked;
    const found = pack.points.filter(
        (house) => fits(house, words) && (!owing || openBills(house).length),
    );
    el("houses").replaceChildren(...found.map(houseRow));
    el("nothing").hidden = Boolean(found.length);
    el("taken").textContent = text("baht", baht(cashInHand(pack, rows)));
    el("left").textContent = pack.points.filter((house) => openBills(house).length).length;
    el("numbers-left").textContent = freeNumbers(pack, rows).length;
    renderState();
}

function openList() {
    renderList();
    show("list"); // no focus: it would open the keyboard of the phone
}

// -- house --------------------------------------------------------------------------------

function openHouse(house) {
    point = house;
    el("house-name").textContent = house.name;
    el("house-payer").textContent = [house.payer, house.community].filter(Boolean).join(" · ");
    const bills = openBills(house);
    el("bills").replaceChildren(...bills.map(billRow));
    el("bills-box").hidden = el("pay").hidden = !bills.length;
    el("show-qr").hidden = !house.qr || bills.length !== house.bills.length;
    el("qr").hidden = true;
    el("note").value = "";
    renderSum();
    show("house", "house-name");
}

function billRow(bill) {
    const box = element("input", { type: "checkbox", checked: true, value: bill.number });
    box.addEventListener("change", renderSum);
    const label = element(
        "label",
        { className: "tick" },
        box,
        element("span", { textContent: bill.title }),
        element("span", { className: "amount", textContent: baht(bill.amount) }),
    );
    return element("li", {}, label);
}

function chosen() {
    const ticked = [...el("bills").querySelectorAll("input:checked")].map((box) => box.value);
    return point.bills.filter((bill) => ticked.includes(bill.number));
}

function renderSum() {
    el("sum").textContent = text("baht", baht(sum(chosen())));
}

/** Where the phone is, when the collector wants it; never a reason to wait long. */
async function place() {
    if (!(await getState("place")) || !navigator.geolocation) {
        return null;
    }
    return new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
            (found) => resolve([found.coords.latitude, found.coords.longitude]),
            () => resolve(null),
            { timeout: 5000, maximumAge: 60_000 },
        );
    });
}

/** Why money may not be taken now; empty when it may. */
function obstacle(amount) {
    if (Date.now() > pack.validUntil) {
        return text("expired");
    }
    if (!amount) {
        return text("choose");
    }
    if (pack.limit && cashInHand(pack, rows) + amount > pack.limit) {
        return text("limit", baht(pack.limit));
    }
    return "";
}

async function keep(values) {
    const row = await writeRow({
        account: point.number,
        bills: [],
        amount: 0,
        reason: "",
        note: "",
        place: await place(),
        ...values,
    });
    rows = await allRows();
    send();
    return row;
}

async function pay() {
    const bills = chosen();
    const amount = sum(bills);
    const problem = obstacle(amount);
    if (problem) {
        return say(problem);
    }
    if (!window.confirm(text("confirm_pay", baht(amount), point.payer))) {
        return;
    }
    el("pay").disabled = true;
    try {
        const plain = bills.map(({ number, amount: money }) => ({ number, amount: money }));
        const row = await keep({ kind: "payment", bills: plain, amount });
        if (row) {
            openReceipt(row, bills);
        } else {
            say(text("no_numbers"));
        }
    } finally {
        el("pay").disabled = false;
    }
}

async function visit() {
    const note = el("note")
        .value.replace(/[|\p{Cc}]/gu, " ")
        .trim();
    await keep({ kind: "visit", reason: el("reason").value, note });
    openList();
    say(text("saved"), true);
}

// -- receipt ------------------------------------------------------------------------------

function openReceipt(row, bills) {
    const slots = {
        company: pack.company,
        book: row.book,
        number: row.receiptName,
        date: when(row.at),
        payer: point.payer,
        house: `${point.name} (${point.number})`,
        amount: baht(row.amount),
        words: `(${bahtText(row.amount)})`,
        collector: pack.collector,
    };
    for (const [name, value] of Object.entries(slots)) {
        document.querySelector(`[data-slot=${name}]`).textContent = value;
    }
    const lines = bills.map((bill) =>
        element(
            "tr",
            {},
            element("th", { textContent: bill.title }),
            element("td", { textContent: baht(bill.amount) }),
        ),
    );
    document.querySelector("[data-slot=lines]").replaceChildren(...lines);
    show("receipt", "receipt-title");
}

// -- sending ------------------------------------------------------------------------------

async function sendBatch(device) {
    const batch = rows.filter(isPending).slice(0, BATCH);
    if (!batch.length) {
        return false;
    }
    const params = { device, round: pack.round, rows: batch.map(wireRow), now: Date.now() };
    const answer = await ask("sync", params);
    if (answer.error) {
        throw new ServerError(answer.error);
    }
    const results = new Map(answer.results.map((result) => [result.uuid, result]));
    for (const row of batch) {
        const result = results.get(row.uuid);
        if (result) {
            await putRow({ ...row, status: result.status, message: result.message });
        }
    }
    rows = await allRows();
    return answer.results.length > 0;
}

/** Send what waits; returns the sentence of the problem, or an empty one. */
async function send() {
    let problem = "";
    if (pack) {
        try {
            await alone("send", async () => {
                rows = await allRows();
                const device = await getState("device");
                while (await sendBatch(device)) {
                    renderState();
                }
            });
        } catch (error) {
            problem = sentence(error);
        }
    }
    if (!el("list").hidden) {
        renderList();
    }
    renderState();
    return problem;
}

function sentence(error) {
    if (!(error instanceof ServerError)) {
        return text("server");
    }
    return /^[a-z_]+$/.test(error.message) ? text(error.message) : error.message;
}

async function load() {
    const answer = await ask("package", { device: await getState("device") });
    if (answer.error) {
        throw new ServerError(answer.error);
    }
    // the server has counted what it took in
    for (const row of rows.filter((one) => !isPending(one) && !one.counted)) {
        await putRow({ ...row, counted: true });
    }
    rows = await allRows();
    pack = { ...answer.package, user };
    await putState("package", pack);
}

/** Do something with the server behind a button; what goes wrong is said on the screen. */
async function busy(button, action) {
    button.disabled = true;
    say("");
    try {
        await action();
    } catch (error) {
        say(sentence(error));
    } finally {
        button.disabled = false;
    }
}

const begin = () =>
    busy(el("begin"), async () => {
        await putState("place", el("use-place").checked);
        await load();
        openList();
    });

const refresh = () =>
    busy(el("refresh"), async () => {
        const problem = await send();
        if (problem) {
            return say(problem);
        }
        await load();
        renderList();
    });

// -- end ----------------------------------------------------------------------------------

function statusRow(row) {
    const words = [
        row.receiptName,
        row.amount ? baht(row.amount) : "",
        text(`status_${row.status || "new"}`),
        row.message || "",
    ];
    return element("li", { textContent: words.filter(Boolean).join(" · "), className: row.status });
}

function renderEnd() {
    const receipts = rows.filter((row) => row.kind === "payment");
    el("end-receipts").textContent = receipts.length;
    el("end-cash").textContent = text("baht", baht(cashInHand(pack, rows)));
    el("end-pending").textContent = rows.filter(isPending).length;
    el("rows").replaceChildren(...receipts.map(statusRow));
    return receipts.length;
}

async function openEnd() {
    renderEnd();
    show("end", "end-title");
    const problem = await send();
    renderEnd();
    say(problem);
}

const close = () =>
    busy(el("close"), async () => {
        const problem = await send();
        const count = renderEnd();
        const pending = rows.filter(isPending).length;
        if (problem || pending) {
            return say(problem || text("pending", pending));
        }
        const refused = rows.filter((row) => row.status === "refused").length;
        if (refused && !window.confirm(text("confirm_refused", refused))) {
            return;
        }
        const money = baht(cashInHand(pack, rows));
        if (!window.confirm(text("confirm_close", count, money))) {
            return;
        }
        const params = { device: await getState("device"), round: pack.round };
        const answer = await ask("close", params);
        if (answer.error) {
            return say(answer.error);
        }
        await clearRows();
        await deleteState("package");
        pack = null;
        rows = [];
        renderState();
        show("done", "done-title");
    });

// -- beginning ----------------------------------------------------------------------------

function listen() {
    const options = REASONS.map((value) => new Option(text(`reason_${value}`), value));
    el("reason").replaceChildren(...options);
    el("begin").addEventListener("click", begin);
    el("search").addEventListener("input", renderList);
    el("owing").addEventListener("change", renderList);
    el("refresh").addEventListener("click", refresh);
    el("to-end").addEventListener("click", openEnd);
    el("pay").addEventListener("click", pay);
    el("visit").addEventListener("click", visit);
    el("show-qr").addEventListener("click", () => {
        el("qr").innerHTML = point.qr; // a drawing of our own server
        el("qr").hidden = false;
    });
    el("print").addEventListener("click", () => window.print());
    el("next").addEventListener("click", openList);
    el("close").addEventListener("click", close);
    for (const button of document.querySelectorAll(".back")) {
        button.addEventListener("click", openList);
    }
    window.addEventListener("online", send);
    window.addEventListener("offline", renderState);
    setInterval(() => rows.some(isPending) && send(), EVERY);
}

async function start() {
    listen();
    navigator.serviceWorker?.register("/collect/worker.js", { scope: "/collect" }).catch(() => {});
    try {
        if (!(await getState("device"))) {
            await putState("device", crypto.randomUUID());
        }
        pack = (await getState("package")) || null;
        rows = await allRows();
    } catch {
        return say(text("no_storage"));
    }
    el("use-place").checked = Boolean(await getState("place"));
    if (pack && pack.user !== user) {
        pack = null;
        return say(text("other_user"));
    }
    if (pack) {
        openList();
        send();
    } else {
        show("start", "begin");
    }
    renderState();
}

start();
