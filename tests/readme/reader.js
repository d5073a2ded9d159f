// Does what a reader of the page does, in a folder that looks like the clone, with the program on a free port where the
// page says 4010.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { program, root, runCommand, start, temporaryFolder } from "../support/program.js";
import { commandsOf, difference } from "./blocks.js";

// What runs a file, by how its name begins and ends, and a command that fails where that is not installed.
const autoload = "/usr/share/php/Illuminate/Http/autoload.php";
const interpreters = [
  { ending: ".test.mjs", run: ["node", "--test"] },
  { ending: ".spec.mjs", run: ["node", "node_modules/vitest/vitest.mjs", "run"] },
  { ending: ".mjs", run: ["node"] },
  { beginning: "test_", ending: ".py", run: ["python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "vault_mock.pytest_plugin"],
    needs: ["python3", "-c", "import pytest"], named: "pytest" },
  { ending: "Test.php", run: ["phpunit", "--do-not-cache-result", "--bootstrap", "vendor/autoload.php"],
    needs: ["php", "-r", `exec('command -v phpunit', $o, $missing); exit($missing || !is_file('${autoload}') ? 1 : 0);`],
    named: "PHPUnit with Laravel's HTTP client" },
];
const installed = new Map(); // asked once
function isInstalled(kind) {
  if (!installed.has(kind)) installed.set(kind, !kind.needs || spawnSync(kind.needs[0], kind.needs.slice(1)).status === 0);
  return installed.get(kind);
}

const shownPort = "4010";

export class Reader {
  #folder = temporaryFolder();
  #mock;

  constructor() {
    for (const name of readdirSync(root)) {
      if ([".git", "build"].includes(name)) continue;
      const [from, to] = [join(root, name), join(this.#folder, name)];
      if (["server", "tests"].includes(name)) symlinkSync(from, to);
      else cpSync(from, to, { recursive: true });
    }
    mkdirSync(join(this.#folder, "node_modules"));
    for (const packages of ["tests/clients/node_modules", "tests/readme/node_modules"])
      for (const name of readdirSync(join(root, packages))) {
        const place = join(this.#folder, "node_modules", name);
        if (!name.startsWith(".") && !existsSync(place)) symlinkSync(join(root, packages, name), place);
      }
    // A copy, whose own imports find the frameworks beside it.
    cpSync(join(root, "clients/node/vault-mock"), join(this.#folder, "node_modules/vault-mock"), { recursive: true });
    mkdirSync(join(this.#folder, "vendor"));
    symlinkSync(join(root, "tests/readme/laravel/autoload.php"), join(this.#folder, "vendor/autoload.php"));
  }

  // Throws when the block does not do what the page says. → why it was not tried, or undefined
  async follow(block) {
    if (block.notRun) return block.notRun;
    if (block.file) return this.#useFile(block);
    if (block.language !== "sh" && block.language !== "console") return `${block.language || "plain text"} is not run`;
    const commands = commandsOf(block);
    if (commands.length === 0) return "nothing of it is left to run";
    for (const { command, expected } of commands) await this.#type(command, expected);
  }

  async #type(command, expected) {
    const run = command.match(/^\.\/dev run\b(.*)$/);
    const output = run ? await this.#startMock(run[1]) : await this.#shell(command, expected !== undefined);
    const differs = expected && difference(expected, this.#asShown(output));
    if (differs) throw new Error(`$ ${command}\n${differs}`);
  }

  async #shell(command, mayFail) {
    const { port } = new URL((await this.#running()).url);
    const script = command.replaceAll(new RegExp(`\\b(127\\.0\\.0\\.1|localhost):${shownPort}\\b`, "g"), `$1:${port}`);
    const { code, stdout, stderr } = await runCommand("sh", ["-ec", `{ ${script}\n} 2>&1`], this.#here());
    if (code !== 0 && !mayFail) throw new Error(`$ ${command}\nended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  async #startMock(words) {
    await this.#mock?.kill("SIGTERM");
    const wrap = ([name, ...args]) => ["sh", "-c", `exec "$0" "$@" ${words}`, name, ...args];
    this.#mock = await start([], { ...this.#here(), wrap });
    return this.#mock.stdout;
  }

  async #running() {
    if (!this.#mock) await this.#startMock("");
    return this.#mock;
  }

  async #useFile({ file, text }) {
    const path = join(this.#folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    const kind = interpreters.find(({ beginning = "", ending }) => file.startsWith(beginning) && file.endsWith(ending));
    if (!kind) return;
    if (!isInstalled(kind)) return `${kind.named} is not installed here`;
    const [command, ...args] = kind.run;
    const { port } = new URL((await this.#running()).url);
    writeFileSync(path, text.replaceAll(`127.0.0.1:${shownPort}`, `127.0.0.1:${port}`));
    const { code, stdout, stderr } = await runCommand(command, [...args, file], this.#here());
    if (code !== 0) throw new Error(`${file} ended with ${code}:\n${stdout}${stderr}`);
  }

  #asShown(output) {
    const { port } = new URL(this.#mock.url);
    return output.replaceAll(new RegExp(`\\b(127\\.0\\.0\\.1|localhost):${port}\\b`, "g"), `$1:${shownPort}`);
  }

  #here() {
    const state = join(this.#folder, "state");
    const PATH = `${dirname(program)}:${process.env.PATH}`;
    const PYTHONPATH = join(root, "clients/python");
    return { cwd: this.#folder, env: { PATH, PYTHONPATH, PYTHONDONTWRITEBYTECODE: "1", XDG_STATE_HOME: state, NODE_TEST_CONTEXT: undefined } };
  }
}
