import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { belongings, brokenArrows, mayInclude, shelves } from "./rooms.js";

const server = fileURLToPath(new URL("../../server", import.meta.url));

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.[ch]pp$/.test(entry.name) ? [{ path: relative(server, path), text: readFileSync(path, "utf8") }] : [];
  });
}

test("every include and call stays on its side of the arrows", () => {
  const files = sources(server);
  assert.ok(files.length > 10, `only ${files.length} sources found in ${server}`);
  assert.equal(brokenArrows(files).join("\n"), "");
});

test("every source includes its own header first, which shows that the header compiles alone", () => {
  const files = sources(server);
  const headers = new Set(files.map(({ path }) => path).filter((path) => path.endsWith(".hpp")));
  for (const { path, text } of files) {
    const own = path.replace(/\.cpp$/, ".hpp");
    if (own === path || !headers.has(own)) continue;
    assert.equal(text.match(/^#include .*$/m)?.[0], `#include "${own}"`, `server/${path}`);
  }
});

test("every header may be included twice", () => {
  for (const { path, text } of sources(server)) {
    if (path.endsWith(".hpp")) assert.match(text, /^#pragma once$/m, `server/${path}`);
  }
});

test("an include against an arrow is named with its place and the arrow", () => {
  assert.deepEqual(brokenArrows([{ path: "vault/session.cpp", text: '#pragma once\n#include "rules/rule.hpp"\n' }]), [
    'server/vault/session.cpp:2: vault includes "rules/rule.hpp", but there is no arrow vault → rules; it may include text/',
  ]);
});

test("an include against the order of the shelves is named", () => {
  assert.deepEqual(brokenArrows([{ path: "net/epoll/accept.cpp", text: '#include "net/httplib/thread_pool.hpp"\n' }]), [
    'server/net/epoll/accept.cpp:1: net/epoll/ includes "net/httplib/thread_pool.hpp", but the shelf may include net, net/request, net/tls of its room',
  ]);
});

test("every shelf is one that the table knows, or needs no order", () => {
  const folders = new Set(sources(server).map(({ path }) => path.slice(0, path.lastIndexOf("/"))).filter((folder) => folder.includes("/")));
  for (const shelf of Object.keys(shelves)) assert.ok(folders.has(shelf), `there is no shelf ${shelf}`);
  for (const folder of folders) assert.ok(folder in shelves || folder.startsWith("app/"), `say in rooms.js what ${folder} may include`);
});

test("every pair of rooms is allowed or refused as the table says", () => {
  for (const room of Object.keys(mayInclude)) {
    for (const other of Object.keys(mayInclude)) {
      const path = room === "main" ? "main.cpp" : `${room}/x.cpp`;
      const broken = brokenArrows([{ path, text: `#include "${other}/x.hpp"` }]).length;
      assert.equal(broken, room === other || mayInclude[room].includes(other) ? 0 : 1, `${room} → ${other}`);
    }
  }
});

test("no arrow leads back: the rooms have an order", () => {
  const reach = (room, seen = new Set()) => {
    for (const next of mayInclude[room]) if (!seen.has(next)) reach(next, seen.add(next));
    return seen;
  };
  for (const room of Object.keys(mayInclude)) assert.ok(!reach(room).has(room), `${room} reaches itself`);
});

const strangers = {
  "engine/answer.cpp": ["#include <thread>", "#include <iostream>", "#include <fstream>", "#include <random>", "#include <regex>",
    "#include <spdlog/spdlog.h>", "#include <httplib.h>", "#include <valijson/schema.hpp>",
    "auto now = std::chrono::system_clock::now();", "auto now = time(nullptr);", "RAND_bytes(p, 8);", 'std::getenv("X")'],
  "contract/schema.cpp": ["#include <CLI/CLI.hpp>", "#include <sys/socket.h>"],
  "app/cli/read_words.cpp": ["#include <httplib.h>", "#include <valijson/schema.hpp>"],
  "net/server.cpp": ["#include <CLI/CLI.hpp>", 'std::puts("served");', 'std::ifstream file(path);'],
  "app/cli/check_command.cpp": ["std::fputs(text.c_str(), stdout);", "std::cerr << why;", 'const int file = ::open(path, O_RDONLY);',
    "std::string text{std::istreambuf_iterator<char>(file), {}};"],
};
for (const [path, lines] of Object.entries(strangers)) {
  for (const line of lines) {
    test(`${path} may not have \`${line}\``, () => assert.equal(brokenArrows([{ path, text: line }]).length, 1));
  }
}

test("what one file is there for, that file may do", () => {
  assert.deepEqual(brokenArrows([{ path: "app/terminal/print.cpp", text: "std::fwrite(text.data(), 1, text.size(), to);" }]), []);
});

test("a comment is no code", () => {
  assert.deepEqual(brokenArrows([{ path: "engine/answer.cpp", text: "// never system_clock::now() here" }]), []);
});

test("a room that nobody placed is refused", () => {
  assert.match(brokenArrows([{ path: "misc/x.cpp", text: "" }])[0], /misc\/ is no room/);
});

test("the belongings name rooms that exist", () => {
  for (const { only = [], never = [] } of belongings) for (const room of [...only, ...never]) assert.ok(room in mayInclude);
});
