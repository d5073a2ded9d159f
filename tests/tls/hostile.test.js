// Clients of the HTTPS port that speak something else, stop halfway or vanish: nobody else waits for them.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { before, describe, test } from "node:test";
import { connect } from "node:tls";
import { onlyEpoll, until } from "../support/program.js";
import { dialPlain, overTls, endOf } from "../support/socket.js";
import { session, startTls } from "../support/tls.js";

// What a client says first, as one that hangs up before the rest.
async function clientHello() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect({ port: server.address().port, host: "127.0.0.1" }).on("error", () => {});
  const [socket] = await once(server, "connection");
  const [hello] = await once(socket, "data");
  client.destroy();
  socket.destroy();
  server.close();
  return hello;
}

describe("on the HTTPS port", () => {
  let mock, hello;
  before(async () => {
    mock = await startTls();
    hello = await clientHello();
  });
  const othersAreServed = async () => assert.equal((await session(mock)).status, 200);

  for (const method of ["GET", "POST", "DELETE", "PATCH", "OPTIONS"]) {
    test(`plain ${method} is told to use https`, async () => {
      const socket = await dialPlain(mock);
      socket.write(`${method} /vault/sessions HTTP/1.1\r\nhost: localhost:${mock.port}\r\ncontent-length: 5\r\n\r\nhello`);
      assert.equal(await endOf(socket), "end");
      assert.match(socket.received, /^HTTP\/1\.1 400 /);
      assert.match(socket.received, /https:\/\//);
    });
  }

  // Each is enough to be judged by: fewer bytes may be the beginning of a handshake, which has ten seconds.
  test("what is neither TLS nor HTTP is let go", async () => {
    const sslTwo = "\x80\x2e\x01\x03\x01" + "\x00".repeat(43);
    for (const bytes of ["\x00\x01\x02\x03\x04", "ssh-2.0-x\r\n", "\x16\x03\x01\x00\x05hello", sslTwo, "\xff".repeat(70_000)]) {
      const socket = await dialPlain(mock);
      socket.write(Buffer.from(bytes, "latin1"));
      assert.ok(["end", "closed", "ECONNRESET", "EPIPE"].includes(await endOf(socket)));
      await othersAreServed();
    }
  });

  test("a handshake in pieces comes to its end", async () => {
    const socket = await dialPlain(mock);
    for (const byte of hello) socket.write(Buffer.of(byte));
    await until(() => (socket.received.length > 100 ? true : undefined), "the server's hello");
    socket.destroy();
  });

  test("hundreds of half handshakes and silent connections hold up nobody", onlyEpoll("hundreds of silent clients"), async () => {
    const clients = await Promise.all(Array.from({ length: 300 }, () => dialPlain(mock)));
    clients.forEach((socket, i) => i % 3 && socket.write(hello.subarray(0, 1 + (i * 7) % hello.length)));
    await Promise.all(Array.from({ length: 20 }, othersAreServed));
    clients.forEach((socket, i) => (i % 2 ? socket.destroy() : socket.resetAndDestroy()));
    await othersAreServed();
  });

  test("clients that vanish at any point of their handshake leave nothing behind", async () => {
    for (let size = 1; size <= hello.length; size += 13) {
      const socket = await dialPlain(mock);
      await new Promise((sent) => socket.write(hello.subarray(0, size), sent));
      size % 2 ? socket.resetAndDestroy() : socket.destroy();
    }
    for (let i = 0; i < 20; ++i) {
      const socket = await dialPlain(mock);
      await overTls(socket);
      socket.resetAndDestroy();
    }
    await othersAreServed();
    assert.ok(!mock.hasEnded());
  });

  test("a connection that turns to rubbish after its handshake is closed", async () => {
    const socket = await dialPlain(mock);
    const secure = await overTls(socket);
    socket.write("rubbish that is no record of TLS");
    secure.write("GET /_mock/health HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await endOf(socket);
    assert.ok(!secure.heard.includes("HTTP/1.1"), secure.heard);
    await othersAreServed();
  });
});

test("a stop does not wait for half a handshake", async () => {
  const [mock, other] = [await startTls(), await startTls()];
  const hello = await clientHello();
  const halfHandshake = async (mock) => {
    const socket = await dialPlain(mock);
    socket.write(hello.subarray(0, 40));
    return socket;
  };
  const clients = await Promise.all(Array.from({ length: 20 }, () => halfHandshake(mock)));
  const elsewhere = await halfHandshake(other);
  const { code } = await mock.kill("SIGTERM");
  assert.equal(code, 0);
  for (const socket of clients) await endOf(socket);
  assert.equal(elsewhere.readableEnded, false, "where nothing stops, the time of a handshake is not over yet");
  elsewhere.destroy();
});
