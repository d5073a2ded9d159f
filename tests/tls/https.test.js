// HTTPS is the same mock: the same answers, faults, delays and streams, with links that lead back to it.

import assert from "node:assert/strict";
import { Agent } from "node:https";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { connect } from "node:tls";
import { run, runCommand, start, temporaryFolder, until } from "../support/program.js";
import { dial, dialPlain, overTls, endOf } from "../support/socket.js";
import { ask, rule, session, startTls } from "../support/tls.js";
import { askForSession, keys } from "../support/vault.js";

const request = (path, consumer = "c") =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n` +
  Object.entries(keys(consumer)).map(([name, value]) => `${name}: ${value}\r\n`).join("") + "\r\n";

describe("one mock", () => {
  let mock;
  before(async () => (mock = await startTls()));

  test("serves both at once, and its links lead back to where the client came from", async () => {
    const plain = await askForSession(mock.http);
    assert.ok(plain.body.data.session_uri.startsWith(`${mock.http}/session/`), plain.body.data.session_uri);
    const { status, text } = await session(mock);
    assert.equal(status, 200);
    const { session_uri: uri, session_token: token } = JSON.parse(text).data;
    assert.equal(uri, `${mock.https}/session/${token}`);
    const page = await ask(mock, new URL(uri).pathname);
    assert.deepEqual([page.status, /html/.test(page.headers["content-type"])], [200, true]);
  });

  test("is one mock: what happens on one port is seen on the other", async () => {
    await session(mock, "seen-by-both");
    const verdict = await fetch(`${mock.http}/_mock/verify`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ when: { consumer_id: "seen-by-both" }, times: 1 }) });
    assert.equal((await verdict.json()).pass, true);
  });

  test("has the vendor's host in its links when it is asked by that name", async () => {
    const { text } = await session(mock, "c", { headers: { ...keys(), host: "unify.apideck.com" }, servername: "unify.apideck.com" });
    assert.match(JSON.parse(text).data.session_uri, /^https:\/\/unify\.apideck\.com\/session\//);
  });

  test("keeps a connection for many requests", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set();
    for (let i = 0; i < 30; ++i) {
      const { status, socket } = await session(mock, `keep-${i}`, { agent });
      assert.equal(status, 200);
      sockets.add(socket);
    }
    agent.destroy();
    assert.equal(sockets.size, 1);
  });

  test("answers what is pipelined in order, in one record or in many", async () => {
    for (const sendAll of [(s, all) => s.write(all.join("")), (s, all) => all.forEach((one) => s.write(one))]) {
      const socket = await dial(mock);
      const all = Array.from({ length: 200 }, (_, i) => `GET /nowhere/${i} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      sendAll(socket, all);
      await until(() => (socket.received.match(/HTTP\/1\.1 404/g)?.length === 200 ? true : undefined), "200 answers");
      const order = [...socket.received.matchAll(/GET \/nowhere\/(\d+)/g)].map(([, number]) => Number(number));
      assert.deepEqual(order, [...Array(200).keys()]);
      socket.destroy();
    }
  });

  test("answers HEAD with a head", async () => {
    const head = await ask(mock, "/_mock/health", { method: "HEAD" });
    assert.deepEqual([head.status, head.text], [200, ""]);
    assert.ok(Number(head.headers["content-length"]) > 0);
  });

  test("reads a request that comes byte by byte", async () => {
    const socket = await dial(mock);
    for (const byte of request("/vault/sessions")) socket.write(byte);
    await until(() => (socket.received.includes("session_token") ? true : undefined), "the answer");
    socket.destroy();
  });

  test("takes a body of a megabyte, and says 413 beyond", async () => {
    const big = (size) => JSON.stringify({ custom_consumer_settings: { filler: "x".repeat(size) } });
    const post = (body) => session(mock, "big", { headers: { ...keys("big"), "content-type": "application/json" }, body });
    assert.equal((await post(big(900_000))).status, 200);
    assert.equal((await post(big(1_100_000))).status, 413);
  });

  test("asks for the body that waits for 100 Continue", async () => {
    const socket = await dial(mock);
    socket.write(request("/vault/sessions").replace("content-length: 0", "content-length: 2\r\nexpect: 100-continue"));
    await until(() => (socket.received.startsWith("HTTP/1.1 100 ") ? true : undefined), "100 Continue");
    socket.write("{}");
    await until(() => (socket.received.includes("session_token") ? true : undefined), "the answer");
    socket.destroy();
  });

  test("closes with a proper end when the client asks for it, or has none to keep", async () => {
    for (const head of ["GET /nowhere HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "GET /nowhere HTTP/1.0\r\n\r\n"]) {
      const socket = await dial(mock);
      socket.write(head);
      assert.equal(await endOf(socket), "end");
      assert.match(socket.received, /^HTTP\/1\.1 404 [^]*nowhere/);
    }
  });

  test("answers a client that has said it is done", async () => {
    await rule(mock, "half-closed", { status: 200, delay: "100ms" });
    const socket = await dial(mock, { allowHalfOpen: true });
    socket.end(request("/vault/sessions", "half-closed"));
    assert.equal(await endOf(socket), "end");
    assert.match(socket.received, /^HTTP\/1\.1 200 /);
  });

  test("sends an answer of megabytes to a reader that pauses", async () => {
    await rule(mock, "megabytes", { status: 200, body: { filler: "y".repeat(900_000) } });
    const socket = await dial(mock);
    for (let i = 0; i < 8; ++i) socket.write(request("/vault/sessions", "megabytes"));
    socket.pause();
    await until(async () => ((await session(mock)).status === 200 ? true : undefined), "somebody else was answered");
    socket.resume();
    await until(() => (socket.received.length > 8 * 900_000 ? true : undefined), "all of it");
    assert.equal(socket.received.match(/HTTP\/1\.1 200 /g).length, 8);
    socket.destroy();
  });

  test("streams events while they happen", async () => {
    const socket = await dial(mock);
    socket.write("GET /_mock/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await until(() => (socket.received.includes("text/event-stream") ? true : undefined), "the head of the stream");
    for (const consumer of ["event-one", "event-two"]) {
      await session(mock, consumer);
      await until(() => (socket.received.includes(consumer) ? true : undefined), consumer);
    }
    socket.destroy();
  });

  test("resumes a session of TLS 1.2", async () => {
    const options = { maxVersion: "TLSv1.2" };
    const first = await dial(mock, options);
    const ticket = first.getSession();
    first.destroy();
    const second = await dial(mock, { ...options, session: ticket });
    assert.deepEqual([second.isSessionReused(), second.getProtocol()], [true, "TLSv1.2"]);
    second.destroy();
  });

  test("speaks HTTP/1.1 when asked what it speaks, and no TLS before 1.2", async () => {
    const offered = await dial(mock, { ALPNProtocols: ["h2", "http/1.1"] });
    assert.equal(offered.alpnProtocol, "http/1.1");
    offered.destroy();
    (await dial(mock, { ALPNProtocols: ["h2"] })).destroy();
    await assert.rejects(dial(mock, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }), /protocol|alert/i);
  });

  test("refuses to renegotiate, and goes on", async () => {
    const socket = await dial(mock, { maxVersion: "TLSv1.2" });
    const refused = await new Promise((resolve) => {
      socket.once("error", resolve);
      socket.renegotiate({}, resolve);
    });
    assert.ok(refused instanceof Error);
    assert.equal((await session(mock)).status, 200);
  });
});

describe("faults and delays", () => {
  let mock;
  before(async () => (mock = await startTls()));
  const answerTo = async (consumer, respond) => {
    await rule(mock, consumer, respond);
    const socket = await dial(mock);
    const begun = performance.now();
    socket.write(request("/vault/sessions", consumer));
    return { socket, ended: await endOf(socket), ms: performance.now() - begun };
  };

  test("a delay delays, and the connection goes on", async () => {
    await rule(mock, "late", { status: 200, delay: "300ms" });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 2; ++i) {
      const begun = performance.now();
      assert.equal((await session(mock, "late", { agent })).status, 200);
      assert.ok(performance.now() - begun >= 295);
    }
    agent.destroy();
  });

  test("a reset is a reset, without a word", async () => {
    await rule(mock, "reset", { fault: "reset" });
    const socket = await dialPlain(mock);
    const secure = await overTls(socket);
    secure.write(request("/vault/sessions", "reset"));
    assert.deepEqual([await endOf(socket), secure.heard], ["ECONNRESET", ""]);
  });

  test("a close is a proper end, without a word", async () => {
    const { socket, ended } = await answerTo("closed", { fault: "close" });
    assert.deepEqual([ended, socket.received], ["end", ""]);
  });

  test("a truncated answer has its whole head and half its body", async () => {
    const { socket, ended } = await answerTo("truncated", { status: 200, body: { filler: "z".repeat(60_000) }, fault: "truncate" });
    assert.equal(ended, "end");
    const [head, body] = socket.received.split("\r\n\r\n");
    const promised = Number(head.match(/content-length: (\d+)/i)[1]);
    assert.equal(body.length, Math.floor(promised / 2));
  });

  test("a dripping answer comes bit by bit, and whole", async () => {
    await rule(mock, "drip", { status: 200, body: { filler: "d".repeat(200) }, fault: { kind: "drip", chunk: 50, gap: "20ms" } });
    const socket = await dial(mock);
    let pieces = 0;
    socket.on("data", () => ++pieces);
    socket.write(request("/vault/sessions", "drip"));
    await until(() => (/d{200}/.test(socket.received) ? true : undefined), "the whole answer");
    assert.ok(pieces >= 4, `${pieces} pieces`);
    socket.destroy();
  });

  test("a hanging answer hangs until its limit, then ends", async () => {
    const { socket, ended, ms } = await answerTo("hang", { fault: { kind: "hang", limit: "400ms" } });
    assert.deepEqual([ended, socket.received], ["end", ""]);
    assert.ok(ms >= 395, `${ms} ms`);
  });
});

test("a stop ends connections properly, and streams, and waits for nobody in the middle of a handshake", async () => {
  const mock = await startTls();
  const [idle, stream] = [await dial(mock), await dial(mock)];
  stream.write("GET /_mock/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await until(() => (stream.received.includes("event-stream") ? true : undefined), "the stream");
  const { code } = await mock.kill("SIGTERM");
  assert.equal(code, 0);
  assert.equal(await endOf(idle), "end");
  await endOf(stream);
});

test("the ready file has a line for each, the banner and the log name both", async () => {
  const file = join(temporaryFolder(), "ready");
  const mock = await startTls([], { readyFile: file });
  assert.match(readFileSync(file, "utf8"), /^http:\/\/127\.0\.0\.1:\d+\nhttps:\/\/127\.0\.0\.1:\d+\n$/);
  for (const url of [mock.http, mock.https]) assert.ok(mock.stdout.includes(url), mock.stdout);
  assert.match(mock.stdout, /vault-mock ca/);
  const inJson = await startTls(["--log-format", "json"]);
  const { entry } = JSON.parse(inJson.stdout.split("\n")[0]);
  assert.deepEqual([entry.listening, entry.https], [inJson.http, inJson.https]);
});

test("--public-url counts for both", async () => {
  const mock = await startTls(["--public-url", "https://mock.test"]);
  assert.match(JSON.parse((await session(mock)).text).data.session_uri, /^https:\/\/mock\.test\/session\//);
  assert.match((await askForSession(mock.http)).body.data.session_uri, /^https:\/\/mock\.test\/session\//);
});

test("without --tls nothing of it is there", async () => {
  const mock = await start([], { env: { XDG_STATE_HOME: "/nowhere" } });
  assert.doesNotMatch(mock.stdout, /https:\/\/|HTTPS/);
});

test("a client that does not trust the authority is told of in the log, with the way out", async () => {
  const mock = await startTls();
  const socket = connect({ host: "127.0.0.1", port: mock.port, ca: [] });
  await assert.rejects(new Promise((_, reject) => socket.once("error", reject)));
  // Node keeps its reasons to itself; curl says why it leaves. It trusts another authority.
  const { stdout: other } = await run(["ca", "--path"], { env: { XDG_STATE_HOME: temporaryFolder() } });
  // A client that leaves may reset the connection, and its reason is lost on the way: then the next one says it.
  await until(async () => {
    const { code } = await runCommand("curl", ["-s", "--cacert", other.trim(), `${mock.https}/_mock/health`]);
    assert.notEqual(code, 0);
    return /does not trust the certificate .*vault-mock ca/.test(mock.stdout) ? true : undefined;
  }, "the line of the log", mock);
});
