// requests.live() over a connection that breaks: nothing is lost, nothing comes twice.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import net from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { program, root } from "../support/program.js";
import { askForSession } from "../support/vault.js";

const { start, connect } = createRequire(import.meta.url)(join(root, "clients/node/vault-mock/index.js"));
process.env.VAULT_MOCK_BINARY = program;

let mock, middle, through;
const sockets = new Set();
const cut = () => sockets.forEach((socket) => socket.destroy());

// A way to the mock that can be cut.
before(async () => {
  mock = await start();
  middle = net.createServer((socket) => {
    const other = net.connect(new URL(mock.url).port, "127.0.0.1");
    for (const one of [socket, other]) sockets.add(one.on("error", () => {}));
    socket.pipe(other).pipe(socket);
  });
  await once(middle.listen(0, "127.0.0.1"), "listening");
  through = await connect(`http://127.0.0.1:${middle.address().port}`);
});
after(() => (middle.close(), mock.stop()));

const ask = (name, consumer) => askForSession(mock.space(name).url, { consumer });

test("a reader goes on where its connection broke", async () => {
  await ask("a", "first");
  const live = through.space("a").requests.live({ after: 0 });
  const seen = [(await live.next()).value.consumer_id];
  for (const consumer of ["second", "third"]) {
    cut();
    await ask("a", consumer);
    seen.push((await live.next()).value.consumer_id);
  }
  await live.return();
  assert.deepEqual(seen, ["first", "second", "third"]);
});

test("and gives up where there is nobody any more", async () => {
  await ask("b", "first");
  const live = through.space("b").requests.live({ after: 0 });
  await live.next();
  middle.close();
  cut();
  await assert.rejects(live.next(), { name: "VaultMockError", status: 0, message: /There is no mock at http:.*ECONNREFUSED/ });
});

test("a reader without the token is refused", async () => {
  const closed = await start({ adminToken: "s3cret" });
  const stranger = await connect(closed.url);
  process.env.VAULT_MOCK_ADMIN_TOKEN = "s3cret";
  const friend = await connect(closed.url);
  delete process.env.VAULT_MOCK_ADMIN_TOKEN;
  assert.deepEqual(await friend.space("c").requests.list(), []);
  await assert.rejects(stranger.space("c").requests.live().next(), { name: "VaultMockError", status: 401 });
  await closed.stop();
});

test("a reader begins where live() was called, before its first next()", async () => {
  await ask("d", "before");
  const asked = createServer((request, response) => {
    request.pipe(httpRequest(mock.url + request.url, (answer) => answer.pipe(response).on("finish", () => asked.emit("answered", request.url))));
  }).listen(0, "127.0.0.1");
  await once(asked, "listening");
  const vault = (await connect(`http://127.0.0.1:${asked.address().port}`)).space("d");
  const answered = once(asked, "answered");
  const live = vault.requests.live();
  assert.match((await answered)[0], /requests\?limit=1$/);
  await ask("d", "after");
  assert.equal((await live.next()).value.consumer_id, "after");
  await live.return();
  asked.closeAllConnections();
  asked.close();
});
