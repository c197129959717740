import { keptRequests } from "./outbox_store.js";

/* The page that stands in for the one that could not be opened: its address is that one's. */
const again = () => window.location.reload();

window.addEventListener("online", again);
document.getElementById("lgo_retry").addEventListener("click", again);
keptRequests().then((requests) => {
    document.getElementById("lgo_kept_number").textContent = requests.length;
    document.getElementById("lgo_kept").hidden = !requests.length;
});
