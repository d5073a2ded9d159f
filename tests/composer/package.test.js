// The package as a user without the project has it: composer install, offline, from a folder.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { before, test } from "node:test";

import { blocksOf } from "../readme/blocks.js";
import { program, root, runCommand, temporaryFolder, version } from "../support/program.js";
import { output, suiteWith } from "../support/sdk.js";
import { archive, composer, unpacked, withComposer, withLaravel, withPhp } from "./support.js";

const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

test("the archive has the classes, the license and the page, and no more", () => {
  const made = archive();
  assert.equal(basename(made), `vault-mock-php-${version}.tar.gz`);
  const classes = readdirSync(join(root, "clients/php/src"), { recursive: true }).filter((name) => name.endsWith(".php"));
  assert.ok(classes.length > 15);
  const files = output("tar", ["-tzf", made]).trim().split("\n").filter((name) => !name.endsWith("/"));
  assert.deepEqual(files.sort(), ["LICENSE", "README.md", "composer.json", ...classes.map((name) => `src/${name}`)].sort());
  assert.equal(output("tar", ["-xzOf", made, "LICENSE"]), readFileSync(join(root, "LICENSE"), "utf8"));
  assert.equal(JSON.parse(output("tar", ["-xzOf", made, "composer.json"])).version, version);
  assert.equal(sha256(archive()), sha256(made), "two runs give the same bytes");
});

test("every class is one that PHP reads, and strictly typed", withPhp, () => {
  const src = join(unpacked(), "src");
  for (const file of readdirSync(src, { recursive: true }).filter((name) => name.endsWith(".php"))) {
    output("php", ["-l", join(src, file)]);
    assert.match(readFileSync(join(src, file), "utf8"), /^<\?php\n\ndeclare\(strict_types=1\);\n\nnamespace VaultMock/);
  }
});

suiteWith("composer install", withComposer, () => {
  let app;
  const run = (command, args) => runCommand(command, args, { cwd: app, env: { VAULT_MOCK_BINARY: program } });
  before(() => {
    app = temporaryFolder();
    const repository = { type: "path", url: unpacked(), options: { symlink: false } };
    const wanted = { repositories: [repository, { "packagist.org": false }], "require-dev": { "vault-mock/vault-mock": `^${version}` } };
    writeFileSync(join(app, "composer.json"), JSON.stringify(wanted));
    composer(app, "install");
    for (const { file, text } of blocksOf(readFileSync(join(root, "clients/php/README.md"), "utf8")).filter(({ file }) => file)) writeFileSync(join(app, file), text);
  });

  test("brings what the archive has, and nothing else", () => {
    const vendor = readdirSync(join(app, "vendor")).sort();
    assert.deepEqual(vendor, ["autoload.php", "composer", "vault-mock"]);
    assert.deepEqual(readdirSync(join(app, "vendor/vault-mock/vault-mock")).sort(), ["LICENSE", "README.md", "composer.json", "src"]);
  });

  test("composer.json is valid", () => {
    const folder = temporaryFolder();
    cpSync(join(root, "clients/php/composer.json"), join(folder, "composer.json"));
    composer(folder, "validate", "--strict");
  });

  test("the README's test of PHPUnit passes", async () => {
    const { code, stdout, stderr } = await run("phpunit", ["--do-not-cache-result", "--bootstrap", "vendor/autoload.php", "CheckoutTest.php"]);
    assert.deepEqual([code, stderr], [0, ""], stdout);
    assert.match(stdout, /^OK \(2 tests, 3 assertions\)/m);
  });

  test("the README's test of Laravel passes", withLaravel, async () => {
    mkdirSync(join(app, "tests"));
    const laravel = readFileSync(join(root, "tests/readme/laravel/autoload.php"), "utf8");
    writeFileSync(join(app, "tests/bootstrap.php"), `${laravel}\nnamespace { require __DIR__.'/../vendor/autoload.php'; }\n`);
    const { code, stdout } = await run("phpunit", ["--do-not-cache-result", "--bootstrap", "tests/bootstrap.php", "LaravelCheckoutTest.php"]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^OK \(1 test, 2 assertions\)/m);
  });

  test("the README's program without PHPUnit does what it says", async () => {
    const { code, stdout, stderr } = await run("php", ["-d", "error_reporting=-1", "-d", "display_errors=stderr", "by-hand.php"]);
    assert.deepEqual([code, stdout, stderr], [0, "", ""]);
  });
});
