// Reads the fenced blocks of a Markdown page and what of each can be tried.
//
//  1. ```console  `$ command` lines, each followed by what it prints. `…` in a line stands for anything; a line that is
//                 only `…` stands for any number of lines. A line that ends in `\` goes on in the next.
//                 A command with no output shown may print what it likes, and must succeed.
//  2. ```sh       a script that must succeed.
//  3. ```js checkout.test.mjs   a second word names the file that the block is. Files are there for the blocks that
//                 follow; *.test.mjs (node:test), *.spec.mjs (Vitest), *.mjs, test_*.py (pytest) and *Test.php (PHPUnit) are
//                 run, and must succeed. What a machine lacks for that is said, and skipped.
//  4. <!-- not run: the reason -->   on the line before a fence leaves it out.
//  5. `git clone …` and `cd vault-mock` are left out: the reader is there already. `./dev run …` starts the program, for
//     this block and the following ones; `./dev test` is not run again from within itself.

export function blocksOf(markdown) {
  const blocks = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const fence = lines[at].match(/^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(\S*)/);
    if (!fence) continue;
    const [, indent, ticks, language, file] = fence;
    const previous = lines[at - 1]?.trim() || lines[at - 2]?.trim() || "";
    const notRun = previous.match(/^<!--\s*not run:\s*(.*?)\s*-->$/)?.[1];
    const begin = at + 1;
    while (++at < lines.length && lines[at].trim() !== ticks);
    if (at === lines.length) throw new Error(`line ${begin}: this block has no end`);
    const text = lines.slice(begin, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n");
    blocks.push({ line: begin, language, file, notRun, text: text && `${text}\n` });
  }
  return blocks;
}

const leftOut = /^(git clone\b.*|cd vault-mock|\.\/dev test\b.*)$/;

// → [{ command, expected?: [line] }], of a console or sh block
export function commandsOf({ language, text }) {
  const commands = [];
  const lines = text.trimEnd().split("\n");
  if (language === "console") {
    for (let at = 0; at < lines.length; at++) {
      if (!lines[at].startsWith("$ ")) {
        if (commands.length === 0) throw new Error("a console block begins with a `$ command`");
        commands.at(-1).expected.push(lines[at]);
        continue;
      }
      let command = lines[at].slice(2);
      while (command.endsWith("\\") && at + 1 < lines.length) command += `\n${lines[++at]}`;
      commands.push({ command, expected: [] });
    }
    for (const command of commands) if (command.expected.every((line) => !line.trim())) command.expected = undefined;
  } else {
    // `./dev run` stands alone; what is around it is one script.
    let script = [];
    const close = () => script.some((line) => line.trim()) && commands.push({ command: script.join("\n") });
    for (const line of lines) {
      if (/^\.\/dev run\b/.test(line)) {
        close();
        script = [];
        commands.push({ command: line.replace(/\s+#.*/, "") });
      } else if (!leftOut.test(line.replace(/\s+#.*/, ""))) {
        script.push(line);
      }
    }
    close();
  }
  return commands.filter(({ command }) => !leftOut.test(command));
}

// Whether the output is as shown; if not, the reason. `…` as in rule 1.
export function difference(expected, output) {
  const shown = expected.join("\n").trimEnd().split("\n").map((line) => line.trimEnd());
  const quoted = (line) => line.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*?");
  const pattern = shown.map((line) => (line.trim() === "…" ? "(?:.*\\n)*?" : `${quoted(line)}[ \\t]*\\n`)).join("");
  if (new RegExp(`^${pattern}$`, "u").test(`${output.trimEnd()}\n`)) return undefined;
  return `The page shows:\n${shown.join("\n")}\nIt printed:\n${output}`;
}
