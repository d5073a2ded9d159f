// Where the libraries come from: the system first, folders named on the command line before that, upstream at last.
// Only CMake's configuration is run here; what upstream's releases compile to cannot be, without a network.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment, root, temporaryFolder } from "../support/program.js";

// → { code, output }
const configure = (...options) => new Promise((resolve) => {
  execFile("cmake", ["-S", root, "-B", temporaryFolder(), "-G", "Ninja", "-DVAULT_MOCK_TESTS=OFF", ...options],
    { env: cleanEnvironment() }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }));
});

// What each upstream's CMakeLists.txt offers.
const targets = {
  nlohmann_json: ["nlohmann_json::nlohmann_json"],
  fmt: ["fmt::fmt"],
  spdlog: ["spdlog::spdlog"],
  "tl-expected": ["tl::expected"],
  CLI11: ["CLI11::CLI11"],
  valijson: ["ValiJSON::valijson"],
  simdjson: ["simdjson::simdjson"],
  re2: ["re2::re2"],
  hiredis: ["hiredis::hiredis"],
  httplib: ["httplib::httplib"],
};

function upstreamFolders() {
  const folder = temporaryFolder();
  return Object.entries(targets).map(([name, offered]) => {
    const lines = offered.flatMap((target, index) => [
      `add_library(${name}-${index} INTERFACE)`,
      `target_include_directories(${name}-${index} INTERFACE \${CMAKE_CURRENT_SOURCE_DIR})`,
      `add_library(${target} ALIAS ${name}-${index})`,
    ]);
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "CMakeLists.txt"), lines.join("\n"));
    return `-DFETCHCONTENT_SOURCE_DIR_${name.toUpperCase()}=${join(folder, name)}`;
  });
}

test("every release is pinned to a tag, not to a branch", () => {
  const text = readFileSync(join(root, "server/cmake/dependencies.cmake"), "utf8");
  const pins = [...text.matchAll(/^pinned\((\S+) (\S+) ([^\s)]+)/gm)];
  assert.deepEqual(pins.map(([, name]) => name).sort(), Object.keys(targets).sort());
  for (const [line, , repository, tag] of pins) {
    assert.match(repository, /^[\w-]+\/[\w-]+$/, line);
    assert.match(tag, /^v?\d+([.-]\d+)+$/, line);
  }
});

test("the system's libraries are taken where there are any", async () => {
  const { code, output } = await configure();
  assert.equal(code, 0, output);
});

test("folders named on the command line go before the system's, and make the parts that others link", async () => {
  const { code, output } = await configure("-DFETCHCONTENT_TRY_FIND_PACKAGE_MODE=NEVER", ...upstreamFolders());
  assert.equal(code, 0, output);
});

test("a static program says what it needs in place of a shared library", async () => {
  const { code, output } = await configure("-DVAULT_MOCK_STATIC=ON");
  assert.notEqual(code, 0);
  assert.match(output, /FETCHCONTENT_SOURCE_DIR_HTTPLIB/);
  assert.match(output, /debian-source/);
});
