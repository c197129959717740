/** The three questions to the server; every failure has a name that the page has words for. */
const SECONDS = 30;

/** {name: "no_signal" | "sign_in" | "server"} */
export class ServerError extends Error {}

async function post(url, params) {
    try {
        return await fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
            signal: AbortSignal.timeout(SECONDS * 1000),
        });
    } catch {
        throw new ServerError("no_signal");
    }
}

/**
 * Ask the server.
 *
 * @returns {Promise<Object>} its answer, which may hold ``error``: a sentence for the collector
 * @throws {ServerError} no connection, signed out, or an answer that is none
 */
export async function ask(what, params) {
    const response = await post(`/collect/${what}`, params);
    const answer = await response.json().catch(() => null);
    if (answer?.result) {
        return answer.result;
    }
    throw new ServerError(answer?.error?.code === 100 ? "sign_in" : "server");
}
