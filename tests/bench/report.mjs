// The report of ./dev bench as text, and the page that keeps it.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { here } from "./servers.mjs";

const notesHeading = "\n## Notes\n";

// rows: [[cell, …], …]; the first column is text, the others are numbers.
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), `|---${"|---:".repeat(heads.length - 1)}|`, ...rows.map(line)].join("\n");
}

// One measured figure against its aim. `limit` undefined: only reported.
export function check(what, value, { unit = "", digits = 2, least, most } = {}) {
  const shown = `${value.toFixed(digits)}${unit && ` ${unit}`}`;
  if (least === undefined && most === undefined) return [what, shown, "", ""];
  const aim = least !== undefined ? `at least ${Number(least.toFixed(3))}${unit && ` ${unit}`}` : `under ${most}${unit && ` ${unit}`}`;
  return [what, shown, aim, (least !== undefined ? value >= least : value < most) ? "yes" : "**no**"];
}

function output(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch {
    return undefined;
  }
}

export function machine() {
  const system = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8").match(/^PRETTY_NAME="(.*)"/m)?.[1] : undefined;
  const commit = output("git", "-C", here, "describe", "--always", "--dirty");
  const parts = [
    `${cpus().length} × ${cpus()[0].model}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `Linux ${output("uname", "-r")}`,
    system,
    output("c++", "--version")?.split("\n")[0],
    `Node ${process.version}`,
    `load at the start ${loadavg()[0].toFixed(1)}`,
    commit && `commit ${commit}`,
  ];
  return parts.filter(Boolean).join(", ");
}

// Replaces all but the notes of a page.
export function save(report, machineText, { page = join(here, "RESULTS.md"), title = "Results", command = "./dev bench --save" } = {}) {
  const old = existsSync(page) ? readFileSync(page, "utf8") : "";
  const at = old.indexOf(notesHeading);
  const notes = at < 0 ? `\nKept by hand: ${command} writes what is above, and leaves this as it is.\n` : old.slice(at + notesHeading.length);
  writeFileSync(page, `# ${title}\n\nBy \`${command}\` on ${machineText}.\n\n${report}${notesHeading}${notes}`);
  return page;
}
