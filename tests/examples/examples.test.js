// Every file of fixtures/examples is served by the real program, and does what its description says. A file without a
// test here is a failure.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root, start, until } from "../support/program.js";
import { claimsOf } from "../support/claims.js";
import { bodyOf, endOf, lengthOf } from "../support/socket.js";
import { caller, end, isRefused, statuses, whole } from "./caller.js";

const folder = join(root, "fixtures/examples");

const uses = {
  "connection-reset.json": async ({ raw }) => assert.deepEqual(await end(await raw()), { ended: "ECONNRESET", bytes: "" }),
  "dripping-body.json": async ({ raw }) => {
    const seen = await whole(await raw());
    assert.ok(seen.chunks > 3, `${seen.chunks} pieces`);
    assert.ok(JSON.parse(bodyOf(seen.bytes)).data.session_token);
  },
  "echo.json": async ({ ask }) => {
    const options = { headers: { "x-echo": "he" }, query: "?q=a%20b", body: { redirect_uri: "https://a.test", settings: { show_logs: true } } };
    const { body, headers } = await ask(options);
    assert.deepEqual({ ...body, now: typeof body.now }, {
      operation: "sessionsCreate", method: "POST", path: "/vault/sessions", space: "default", consumer: "acme", app: "app-1", header: "he",
      query: "a b", redirect: "https://a.test", settings: { show_logs: true }, "settings as text": '{"show_logs":true}', count: 1, nothing: null,
      now: "string", braces: "{{count}}" });
    assert.equal(headers.get("x-count"), "1");
    assert.equal(headers.get("x-seen"), "POST, /vault/sessions"); // two of one name
    assert.equal((await ask()).status, 200);
  },
  "empty-reply.json": async ({ raw }) => {
    assert.deepEqual(await end(await raw()), { ended: "end", bytes: "" });
  },
  "expired-token.json": async ({ ask }) => {
    const { iat, exp } = claimsOf((await ask()).body.data.session_token);
    assert.equal(exp - iat, -60);
  },
  "fixed-token.json": async ({ ask }) =>
    assert.deepEqual((await ask()).body.data, { session_uri: "https://vault.example.com/session/token-for-snapshots", session_token: "token-for-snapshots" }),
  "free-tier-used-up.json": async ({ ask }) => {
    isRefused(await ask(), 402, "You have reached your limit of 25");
    assert.equal((await ask({ consumer: "bob" })).status, 200);
  },
  "gateway-hiccup.json": async ({ ask, raw }) => {
    const first = await ask({ consumer: "retry-1" });
    assert.deepEqual([first.status, first.headers.get("retry-after")], [503, "0"]);
    assert.equal(await endOf(await raw({ consumer: "retry-1" })), "ECONNRESET");
    assert.deepEqual(await statuses(ask, { consumer: "retry-1" }, { consumer: "retry-1" }, { consumer: "retry-2" }), [200, 200, 503]);
  },
  "key-revoked.json": async ({ ask }) => {
    isRefused(await ask({ key: "old-1", consumer: "" }), 401, "Invalid Authorization Token");
    assert.equal((await ask()).status, 200);
  },
  "legacy-error-shape.json": async ({ ask }) => {
    const { status, body } = await ask();
    assert.deepEqual([status, body], [422, { error: { message: "The consumer acme is not valid", code: "VALIDATION_ERROR" } }]);
  },
  "legacy-session-shape.json": async ({ ask }) => {
    const { data } = (await ask()).body;
    assert.deepEqual(Object.keys(data).sort(), ["created_at", "expires_at", "session_token"]);
    assert.match(data.session_token, /^legacy-[0-9a-f-]{36}$/);
  },
  "long-sessions-refused.json": async ({ ask }) => {
    isRefused(await ask({ body: { settings: { session_length: "3d" } } }), 422, "3d is too long for acme");
    assert.equal((await ask({ body: { settings: { session_length: "3h" } } })).status, 200);
  },
  "maintenance-window.json": async ({ url, ask }) => {
    const { status, headers, text } = await ask({ consumer: "" });
    assert.deepEqual([status, headers.get("content-type"), headers.get("retry-after")], [503, "text/html", "120"]);
    assert.match(text, /<h1>503 Service Unavailable<\/h1>/);
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
  },
  "malformed-json.json": async ({ raw }) => {
    const { bytes } = await whole(await raw());
    assert.match(bytes, /^HTTP\/1.1 200/);
    assert.throws(() => JSON.parse(bodyOf(bytes)), SyntaxError);
  },
  "not-found.json": async ({ ask }) => isRefused(await ask(), 404, "Could not find application with id: 'app-1'"),
  "one-shot.json": async ({ ask }) => assert.deepEqual(await statuses(ask, {}, {}, {}), [500, 200, 200]),
  "only-some-apis.json": async ({ ask }) => {
    const wants = (...unified_apis) => ({ body: { settings: { unified_apis } } });
    isRefused(await ask(wants("crm", "payroll")), 402, 'Your plan does not include all of ["crm","payroll"]');
    assert.deepEqual(await statuses(ask, wants("accounting"), wants("crm"), { ...wants("payroll"), app: "enterprise" }), [402, 200, 200]);
  },
  "rate-limit.json": async ({ ask }) => {
    assert.deepEqual(await statuses(ask, {}, {}, {}, {}, {}, { consumer: "bob" }), [200, 200, 200, 429, 429, 200]);
    assert.equal((await ask()).headers.get("retry-after"), "30");
  },
  "retry-then-success.json": async ({ ask }) =>
    assert.deepEqual(await statuses(ask, {}, { consumer: "bob" }, {}, {}, {}), [503, 503, 503, 200, 200]),
  "server-error.json": async ({ ask }) => assert.deepEqual(await statuses(ask, {}, {}), [500, 500]),
  "session-url.json": async ({ ask }) =>
    assert.deepEqual((await ask()).body.data, { session_url: "https://vault.apideck.com/session/token-of-acme", session_token: "token-of-acme" }),
  "slow-network.json": async ({ ask }) => {
    for (const call of [{}, { consumer: "" }, { consumer: "error-402" }]) {
      const begin = performance.now();
      await ask(call);
      assert.ok(performance.now() - begin > 79, "it came too soon");
    }
  },
  "slow-tail.json": async ({ ask, journal }) => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask()));
    const slow = answers.filter(({ headers }) => headers.get("x-mock-rule") === "slow-tail.json#one in ten is slow");
    assert.ok(slow.length > 0 && slow.length < 40, `${slow.length} of 100`);
    assert.ok(answers.every(({ status }) => status === 200));
    const { requests } = await journal();
    assert.ok(JSON.stringify(await journal(requests.find(({ rule }) => rule).id)).includes("delay"));
  },
  "strict-theme.json": async ({ ask }) => {
    const detail = { theme: "needs a vault_name, and colours such as #286efa" };
    isRefused(await ask({ body: { theme: { vault_name: "Mine", primary_color: "red" } } }), 422, detail);
    const themes = [{}, { vault_name: "Mine" }, { vault_name: "Mine", primary_color: "#286efa" }];
    assert.deepEqual(await statuses(ask, ...themes.map((theme) => ({ body: { theme } })), {}), [422, 200, 200, 200]);
  },
  "timeout.json": async ({ raw, journal, url }) => {
    const socket = await raw();
    await until(async () => (await journal()).requests[0], "the call was journalled");
    assert.equal((await fetch(`${url}/vault/connections`)).status, 401); // others are answered meanwhile
    assert.deepEqual([socket.received, socket.readableEnded], ["", false]);
    socket.destroy();
  },
  "token-claims.json": async ({ ask }) => {
    const claims = claimsOf((await ask()).body.data.session_token);
    assert.deepEqual([claims.scopes, claims.tenant, claims.exp - claims.iat], [["admin"], "app-1", 600]);
  },
  "truncated-body.json": async ({ raw }) => {
    const { bytes } = await end(await raw());
    assert.match(bytes, /^HTTP\/1.1 200/);
    assert.ok(bodyOf(bytes).length > 0 && bodyOf(bytes).length < lengthOf(bytes), bytes);
  },
  "unauthorized.json": async ({ ask }) => isRefused(await ask(), 401, "Invalid Authorization Token"),
  "unreliable-service.json": async ({ ask }) => {
    const seen = {};
    for (let i = 0; i < 60; i++) {
      const answer = await ask({ consumer: "acme" }).catch(({ cause }) => ({ status: cause.code }));
      const outcome = answer.headers?.get("x-slow") ? "slow" : answer.status;
      seen[outcome] = (seen[outcome] ?? 0) + 1;
    }
    for (const outcome of [200, 503, "ECONNRESET", "slow"]) assert.ok(seen[outcome] > 0, `${outcome}: ${JSON.stringify(seen)}`);
    assert.ok(seen[200] > 25 && seen[503] < 20, JSON.stringify(seen));
    assert.equal((await ask({ consumer: "" })).status, 400); // the checks come first
  },
  "upgrade-story.json": async ({ ask }) =>
    assert.deepEqual(await statuses(ask, {}, {}, { consumer: "bob" }, { headers: { "x-demo": "upgrade" } }, {}, {}), [200, 402, 200, 200, 200, 200]),
  "wrapped-body.json": async ({ ask }) => {
    const { status, headers, body } = await ask({ body: { session: { redirect_uri: "https://a.test" } } });
    assert.deepEqual([status, headers.get("x-lenient")], [200, "body was wrapped in session"]);
    assert.ok(body.data.session_token);
    assert.deepEqual(await statuses(ask, {}, { body: { sesion: {} } }), [200, 400]);
  },
};

describe("fixtures/examples", { concurrency: 2 }, () => {
  for (const file of readdirSync(folder))
    test(file, async () => {
      assert.ok(uses[file], `there is no test for fixtures/examples/${file}: add what it promises to ${import.meta.url}`);
      const mock = await start([join(folder, file), "--seed", "1"]);
      await uses[file](caller(mock.url));
      await mock.kill("SIGTERM");
    });
  test("no test here lacks its file", () => assert.deepEqual(Object.keys(uses).sort(), readdirSync(folder).sort()));
});
