// The Composer package in folders outside of the project, and what is done with it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { program, root, runCommand, temporaryFolder } from "../support/program.js";
import { output, works } from "../support/sdk.js";

export const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const unless = (isThere, what) => (isThere ? {} : { skip: `${what} is not installed` });
const hasPhp = works("php", ["-r", "exit(PHP_VERSION_ID >= 80100 ? 0 : 1);"]);
const hasPhpunit = hasPhp && works("phpunit", ["--version"]);
const laravel = "/usr/share/php/Illuminate/Http/autoload.php";
export const withPhp = unless(hasPhp, "PHP 8.1 or newer");
export const withPhpunit = unless(hasPhpunit, "PHPUnit with PHP 8.1 or newer");
export const withComposer = unless(hasPhpunit && works("composer", ["--version"]), "Composer, or PHPUnit with PHP 8.1 or newer,");
export const withLaravel = unless(existsSync(laravel), "Laravel's HTTP client");

// → the archive that clients/php/pack made
export function archive(folder = temporaryFolder()) {
  return output(join(root, "clients/php/pack"), [folder]).trim();
}

// → a folder with the package's files
export function unpacked() {
  const folder = temporaryFolder();
  output("tar", ["-xzf", archive(), "-C", folder]);
  return folder;
}

// Runs PHPUnit with the classes of the package in `client`. → { code, stdout, stderr }
export const phpunit = (client, words, { env = {}, ...options } = {}) =>
  runCommand("phpunit", ["--do-not-cache-result", "--fail-on-risky", "--fail-on-warning", "--bootstrap", here("bootstrap.php"), ...words], {
    env: { CLIENT: client, VAULT_MOCK_BINARY: program, ...env },
    ...options,
  });

// Composer without the network, with this as composer.json. → what it printed
export function composer(folder, ...words) {
  const env = { ...process.env, COMPOSER_HOME: temporaryFolder(), COMPOSER_DISABLE_NETWORK: "1", COMPOSER_ALLOW_SUPERUSER: "1" };
  const { status, stdout, stderr } = spawnSync("composer", ["--no-interaction", ...words], { cwd: folder, env, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
}
