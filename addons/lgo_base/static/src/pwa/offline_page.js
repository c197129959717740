import { keptRequests } from "./outbox_store.js";

/* The page that stands in for the one that could not be opened: its address is that one's. */
const again = () => window.location.reload();

/* A device says that it is connected before anything answers there, and it says so only once. */
async function knock() {
    if (!navigator.onLine) {
        return;
    }
    const options = { method: "HEAD", cache: "no-store" };
    const answer = await fetch("/lgo_base/static/img/emblem.svg", options).catch(() => null);
    if (answer?.ok) {
        again();
    }
}

window.addEventListener("online", again);
setInterval(knock, 4000);
document.getElementById("lgo_retry").addEventListener("click", again);
keptRequests().then((requests) => {
    document.getElementById("lgo_kept_number").textContent = requests.length;
    document.getElementById("lgo_kept").hidden = !requests.length;
});
