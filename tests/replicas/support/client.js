// A client that keeps some connections open, and what a test does in a space through it.

import { Agent, request } from "node:http";
import { until } from "../../support/launch.js";
import { keys } from "../../support/vault.js";

// → { ask(method, path, { headers, body }), close() }. ask() resolves to { status, headers, text, json, began, ended } (times of
// performance.now()), or rejects as the connection ended; the error has the same times.
export function client(url, connections = 32) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" });
  const ask = (method, path, { headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const type = bytes ? { "content-type": "application/json", "content-length": bytes.length } : { "content-length": 0 };
      const call = request({ agent, hostname, port, method, path, headers: { ...type, ...headers } });
      const times = { began: performance.now() }; // again when it has a connection
      const fail = (error) => reject(Object.assign(error, times, { ended: performance.now() }));
      call.on("socket", () => (times.began = performance.now())).on("error", fail);
      call.on("response", (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece) => (text += piece)).on("error", fail);
        answer.on("end", () => {
          const isJson = /json/.test(answer.headers["content-type"] ?? "");
          resolve({ status: answer.statusCode, headers: answer.headers, text, json: isJson && text ? JSON.parse(text) : undefined, ...times, ended: performance.now() });
        });
      });
      call.end(bytes);
    });
  return { ask, close: () => agent.destroy() };
}

// What a test does in a space. Each of the mock's own answers must be the expected one, or it throws with what came.
export function spaceOf({ ask }, name) {
  const prefix = `/@${name}`;
  const admin = async (method, path, body, expected) => {
    const answer = await ask(method, `${prefix}${path}`, { body });
    const isTaken = answer.status === 202 && answer.json?.late?.length > 0;
    if (!isTaken && !expected.includes(answer.status)) throw new Error(`${method} ${prefix}${path}: ${answer.status} ${answer.text}`);
    // A replica that has spoken again has heard of what came before.
    if (isTaken) await until(async () => ((await ask("GET", "/_mock/health")).json.store.replicas.some(({ late }) => late) ? undefined : true), "no replica was late");
    return answer.json;
  };
  return {
    name,
    session: (consumer = "acme", { body, headers } = {}) => ask("POST", `${prefix}/vault/sessions`, { headers: keys(consumer, headers), body }),
    ask: (method, path, consumer = "acme", options = {}) => ask(method, `${prefix}${path}`, { ...options, headers: keys(consumer, options.headers) }),
    get: (path) => admin("GET", `/_mock${path}`, undefined, [200]),
    rule: (rule) => admin("POST", "/_mock/rules", rule, [201]),
    post: (path, body = {}) => admin("POST", `/_mock${path}`, body, [200, 201]),
    put: (path, body) => admin("PUT", `/_mock${path}`, body, [200]),
    patch: (path, body) => admin("PATCH", `/_mock${path}`, body, [200]),
    delete: (path) => admin("DELETE", `/_mock${path}`, undefined, [200, 204]),
    forget: () => admin("DELETE", "", undefined, [204]),
    // All lines of its journal, page by page.
    lines: async () => {
      const lines = [];
      for (let cursor = ""; cursor !== undefined; ) {
        const { requests, next } = await admin("GET", `/_mock/requests?summary=1&limit=1000${cursor}`, undefined, [200]);
        lines.push(...requests);
        cursor = next ? `&cursor=${encodeURIComponent(next)}` : undefined;
      }
      return lines;
    },
    // While a replica has not written its last requests, it is asked again, as the answer says.
    verify: (times, when) =>
      until(async () => {
        const verification = await admin("POST", "/_mock/verify", { ...(when && { when }), times }, [200]);
        return / are not written yet\. Ask again$/.test(verification.message) ? undefined : verification;
      }, "all replicas had written their requests"),
  };
}
