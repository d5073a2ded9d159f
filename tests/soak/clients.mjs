// The clients of a soak. Each goes on until it is over, checks every answer, and reports what is wrong.

import { setTimeout as sleep } from "node:timers/promises";
import { claimsOf } from "../support/claims.js";
import { bodyOf, connect, lengthOf, request, vanish } from "../support/socket.js";
import { call as callUrl, keys } from "../support/vault.js";

function checker(report, who) {
  return (holds, words) => {
    report.checked[who] = (report.checked[who] ?? 0) + 1;
    if (!holds) report.wrong(`${who}: ${words}`);
  };
}

const call = (url, method = "GET", body, headers = {}) => callUrl(url, { method, body, headers });

// Runs `visit` again and again; a failure of the connection is a wrong answer.
async function goOn({ isOver, report }, who, visit) {
  for (let round = 0; !isOver(); round++) {
    try {
      await visit(round);
    } catch (error) {
      report.wrong(`${who}: ${error.message} ${error.cause?.message ?? ""}`);
      await sleep(100);
    }
  }
}

// A test of somebody's: a space, a rule for a moment, time travel, verification, reset; now and then the space goes.
export function visitor(soak) {
  const check = checker(soak.report, "answers in spaces checked");
  return goOn(soak, "visitor", async (round) => {
    const base = `${soak.url}/@visitor-${soak.number}-${round % 10}`;
    const mock = `${base}/_mock`;
    const consumer = `consumer-${round}`;
    await call(`${mock}/reset`, "POST", {});
    await call(`${mock}/clock`, "PUT", { freeze: "2027-01-01T00:00:00Z" });
    await call(`${mock}/rules?times=1`, "POST", { when: { consumer_id: consumer }, respond: { error: 402, detail: `round ${round}` } });
    const refused = await call(`${base}/vault/sessions`, "POST", {}, keys(consumer));
    check(refused.status === 402 && refused.json?.detail === `round ${round}`, `expected a 402 of round ${round}, got ${refused.text}`);
    const session = await call(`${base}/vault/sessions`, "POST", { settings: { session_length: "30m" } }, keys(consumer));
    const token = session.json?.data?.session_token;
    check(session.status === 200 && claimsOf(token).exp === 1798761600 + 1800 && claimsOf(token).consumer_id === consumer, `a wrong session: ${session.text}`);
    await call(`${mock}/clock`, "PUT", { advance: "31m" });
    const state = await call(`${mock}/sessions/${token}`);
    check(state.json?.state === "expired", `expected an expired session, got ${state.text}`);
    const verdict = await call(`${mock}/verify`, "POST", { times: 2 });
    check(verdict.json?.pass === true, `expected two requests in the journal: ${verdict.text}`);
    const mistake = await call(`${base}/vault/sessions`, "POST", { redirectUri: 1 }, keys(consumer));
    check(mistake.status === 400, `expected a 400, got ${mistake.text}`);
    if (round % 50 === 49) {
      const gone = await call(base, "DELETE");
      check(gone.status === 204, `expected the space to go, got ${gone.status}`);
    }
  });
}

// The rules follow their file: no generation comes back, none comes before it was saved, each is live soon.
export function reader(soak) {
  const check = checker(soak.report, "answers of reloaded rules checked");
  let last = 0;
  return goOn(soak, "reader", async () => {
    const { generation, savedAt } = soak.rules;
    const asked = Date.now();
    const { json } = await call(`${soak.url}/vault/sessions`, "POST", {}, keys("generation"));
    check(json?.generation >= last && json.generation <= soak.rules.generation, `generation ${json?.generation} after ${last}`);
    if (asked - savedAt > 5000) check(json.generation >= generation, `generation ${json.generation}, ${generation} was saved ${asked - savedAt} ms ago`);
    last = json.generation;
    const health = await call(`${soak.url}/_mock/health`);
    check(health.status === 200, `health is ${health.status}`);
    await sleep(20);
  });
}

// One request on a connection of its own. → { bytes, end: "end" | error code | "waiting" }
async function raw(url, text, patience) {
  const socket = await connect(url);
  socket.write(text);
  const end = await Promise.race([socket.ended, sleep(patience, "waiting", { ref: false })]);
  socket.destroy();
  return { bytes: socket.received, end };
}

export function faulty(soak) {
  const check = checker(soak.report, "faults checked");
  const body = ({ bytes }) => bodyOf(bytes);
  const length = ({ bytes }) => lengthOf(bytes);
  const ways = {
    reset: (got) => got.bytes === "" && got.end === "ECONNRESET",
    close: (got) => got.bytes === "" && got.end === "end",
    truncate: (got) => got.end === "end" && body(got).length < length(got),
    drip: (got) => body(got).length === length(got) && claimsOf(JSON.parse(body(got)).data.session_token).application_id === "test-app",
    hang: (got) => got.bytes === "" && got.end === "waiting",
  };
  const names = Object.keys(ways);
  return goOn(soak, "faulty", async (round) => {
    const name = names[(round + soak.number) % names.length];
    const got = await raw(soak.url, request("{}", name === "hang" ? "" : "connection: close\r\n", undefined,
      keys(`${name}-${round % 200}`)), name === "hang" ? 50 : 60_000);
    check(ways[name](got), `${name} was seen as ${JSON.stringify(got).slice(0, 300)}`);
  });
}

// Clients that vanish: before, in and after a request.
export function dropper(soak) {
  const whole = request();
  return goOn(soak, "dropper", async (round) => {
    const socket = await connect(soak.url);
    if (round % 4) socket.write(whole.slice(0, (round * 7) % (whole.length + 1)));
    if (round % 4 === 3) await sleep(5);
    vanish(socket);
    if (round % 50 === 0) await sleep(5);
  });
}

// Live views of a journal, which come and go.
export function listener(soak) {
  const check = checker(soak.report, "event streams checked");
  return goOn(soak, "listener", async (round) => {
    const space = `${soak.url}/@visitor-${soak.number}-${round % 10}`;
    const stop = new AbortController();
    const answer = await fetch(`${space}/_mock/events`, { signal: stop.signal });
    check(answer.status === 200 && answer.headers.get("content-type").startsWith("text/event-stream"), `no stream: ${answer.status}`);
    await sleep(200);
    stop.abort();
  });
}

// Whoever looks at everything that is kept, page by page: each list answers, and none is larger than it says.
export function lister(soak) {
  const check = checker(soak.report, "pages of lists checked");
  const most = 3 * 2 ** 20;
  return goOn(soak, "lister", async (round) => {
    for (const list of ["requests", "sessions", "spaces", "rules"]) {
      const page = await call(`${soak.url}/_mock/${list}`);
      check(page.status === 200 && page.json && page.text.length < most, `/_mock/${list} answered ${page.status} with ${page.text.length} bytes`);
      if (list !== "requests") continue;
      const next = page.json?.next && (await call(`${soak.url}/_mock/requests?cursor=${page.json.next}`));
      check(!next || next.status === 200, `the next page answered ${next?.status}`);
      const one = page.json?.requests[round % page.json.requests.length];
      const alone = one && (await call(`${soak.url}/_mock/requests/${one.id}`));
      check(!alone || (alone.text.length < 2 * most && [200, 404].includes(alone.status)), `a request answered ${alone?.status}`);
    }
    await sleep(100);
  });
}

// Bodies of nearly a megabyte: legal, nested without end, and no JSON at all.
export function heavy(soak) {
  const check = checker(soak.report, "large bodies checked");
  const bodies = [
    [200, JSON.stringify({ theme: { logo: "x".repeat(990_000) } })],
    [400, "[".repeat(990_000)],
    [400, "\u0001".repeat(990_000)],
    [400, '{"a":'.repeat(150_000)],
  ];
  return goOn(soak, "heavy", async (round) => {
    const [status, body] = bodies[round % bodies.length];
    const headers = { ...keys("heavy"), "content-type": "application/json" };
    const answer = await fetch(`${soak.url}/@heavy-${round % 5}/vault/sessions`, { method: "POST", headers, body });
    await answer.text();
    check(answer.status === status, `a large body was answered ${answer.status}, not ${status}`);
    await sleep(50);
  });
}

// Clients that ask for an answer which is due in an hour, and do not wait for it.
export function impatient(soak) {
  const whole = request("{}", "x-mock-space: impatient\r\n", undefined, keys("late"));
  let armed = false;
  return goOn(soak, "impatient", async (round) => {
    if (!armed || round % 500 === 0)
      armed = (await call(`${soak.url}/@impatient/_mock/rules`, "POST", { when: { consumer_id: "late" }, respond: { pass: true, delay: "1h" } })).status === 201;
    const socket = await connect(soak.url);
    socket.write(whole);
    await sleep(10);
    if (round % 2) socket.destroy();
    else vanish(socket);
  });
}
