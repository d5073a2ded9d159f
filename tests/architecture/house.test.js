import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isInTheCode, longest, namesOnTheWays, rooms, strayWords, vocabulary, wideComments, widestComment } from "./house.js";
import { mayInclude } from "./rooms.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(`${root}/server/README.md`, "utf8");
const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const read = (path) => {
  try {
    return readFileSync(`${root}/${path}`, "utf8");
  } catch {
    return ""; // removed, and not yet committed
  }
};
const sources = tracked
  .filter((path) => /^server\/.*\.[ch]pp$/.test(path))
  .map((path) => ({ path: path.slice("server/".length), text: read(path) }));

test("the page names every room, and no other", () => {
  const code = Object.keys(mayInclude).filter((room) => room !== "main");
  assert.deepEqual(rooms(page).filter((room) => room !== "web" && room !== "cmake").sort(), code.sort());
});

test("each word of the vocabulary is declared where the page says, and nowhere else", () => {
  assert.ok(vocabulary(page).length >= 20);
  assert.deepEqual(strayWords(page, sources), []);
});

test("a word that moved, or has a namesake, is told", () => {
  const row = (word, header) => `| \`${word}\` | what it is | \`${header}\` |\n`;
  const files = [
    { path: "net/answer.hpp", text: "struct Answer {\n};" },
    { path: "site/answer.hpp", text: "class Answer final {\n};" },
    { path: "site/other.hpp", text: "struct Answer;" },
  ];
  assert.deepEqual(strayWords(row("Answer", "net/answer.hpp"), files), ["Answer is declared in site/answer.hpp, too: one word, one thing"]);
  assert.match(strayWords(row("Answer", "net/reply.hpp"), files)[0], /net\/reply\.hpp declares Answer, and it does not/);
});

test("every function and type on the ways is in the code", () => {
  const names = namesOnTheWays(page);
  assert.ok(names.length > 20);
  assert.deepEqual(names.filter((name) => !isInTheCode(name, sources)), []);
});

test("a name that only a comment or another class has is not in the code", () => {
  const files = [
    { path: "site/site.hpp", text: "// handle() of Site\nclass Site {\n  int answer();\n};\nint other();\n" },
    { path: "net/handler.hpp", text: "class Handler {\n  int handle();\n};\n" },
  ];
  assert.deepEqual(["Site::handle", "handle_it", "Handler::answer", "Room"].filter((name) => isInTheCode(name, files)), []);
  assert.deepEqual(["Site::answer", "Handler::handle", "other", "Site"].filter((name) => !isInTheCode(name, files)), []);
});

test(`no file of ours is longer than ${longest} lines`, () => {
  const ours = tracked.filter((path) => /(\.([ch]pp|m?js|sh|css|html)|^dev)$/.test(path) && !path.endsWith("package-lock.json"));
  assert.ok(ours.length > 300);
  const long = ours.map((path) => [path, read(path).split("\n").length - 1]).filter(([, lines]) => lines > longest);
  assert.deepEqual(long, []);
});

test(`no comment in C++ is wider than ${widestComment} columns`, () => assert.deepEqual(wideComments(sources), []));

test("a comment that is too wide is told, and a wide string is not", () => {
  const wide = (start, length) => start + "x".repeat(length - start.length);
  const lines = [wide("// é", 110), wide("// é", 111), wide("  // ", 111), wide("int x;  // ", 111), wide('call("http://', 109) + '");', wide("int ", 111)];
  assert.deepEqual(wideComments([{ path: "a.hpp", text: lines.join("\n") }]), ["a.hpp:2", "a.hpp:3", "a.hpp:4"]);
});
