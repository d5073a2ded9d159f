// server/README.md: the page that says where things are and what the words mean.

// → [{ word, header }] of its vocabulary.
export function vocabulary(page) {
  return [...page.matchAll(/^\| `(\w+)` \| .* \| `([\w/-]+\.hpp)` \|$/gm)].map(([, word, header]) => ({ word, header }));
}

// → the names of the rooms in its first table.
export function rooms(page) {
  return [...page.matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, room]) => room);
}

// → the functions and types that the two ways name.
export function namesOnTheWays(page) {
  const ways = page.slice(page.indexOf("## The way of a request"), page.indexOf("## Vocabulary"));
  const blocks = ways.split("\n").filter((line) => /^ {4,6}\S/.test(line));
  return blocks.flatMap((line) => line.trim().split(/ {2,}/)[0].match(/[A-Za-z_]+(::[a-z_]+)?/g) ?? []).filter((name) => name !== "or");
}

const withoutComments = (text) => text.replace(/\/\/.*$/gm, "");

// Whether the code has that function ("respond"), type ("Site") or member function ("Site::handle"): a member in the
// braces of its class, or defined outside of them.
export function isInTheCode(name, files) {
  const [type, member] = name.includes("::") ? name.split("::") : [];
  return files.some(({ text }) => {
    const code = withoutComments(text);
    if (!member) return new RegExp(`\\b${name}\\s*\\(|\\b(class|struct|using) ${name}\\b`).test(code);
    if (new RegExp(`\\b${name}\\s*\\(`).test(code)) return true;
    const body = code.match(new RegExp(`(class|struct) ${type}\\b[^;{]*\\{([\\s\\S]*?)^\\}`, "m"))?.[2];
    return body !== undefined && new RegExp(`\\b${member}\\s*\\(`).test(body);
  });
}

const declares = (text, word) => new RegExp(`^(?:class|struct|enum class) (?:\\w+\\([^)]*\\) )?${word}\\b(?! *;)`, "m").test(text);

// files: [{ path, text }], paths relative to server/. → one sentence for each word that the headers disagree with.
export function strayWords(page, files) {
  const headers = files.filter(({ path }) => path.endsWith(".hpp"));
  return vocabulary(page).flatMap(({ word, header }) => {
    const places = headers.filter(({ text }) => declares(text, word)).map(({ path }) => path);
    if (!places.includes(header)) return [`server/README.md says that ${header} declares ${word}, and it does not`];
    // vault_mock::Server is what other programs include; its name is a promise to them.
    const others = places.filter((path) => path !== header && path !== "vault-mock/server.hpp");
    return others.map((path) => `${word} is declared in ${path}, too: one word, one thing`);
  });
}

export const longest = 300;

export const widestComment = 110; // as .clang-format has it for code; it leaves comments as they are

// files: [{ path, text }]. → "path:line" of each comment that is wider, alone in its line or behind code. What stands in a string
// is not a comment.
export function wideComments(files) {
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, i) => ([...line].length > widestComment && /^\s*\/\/|[;{},)] +\/\/ [^"]*$/.test(line) ? [`${path}:${i + 1}`] : [])));
}
