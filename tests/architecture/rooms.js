// Which room of server/ may include which, and which foreign headers and calls belong to which rooms.
//
//     main → app → site → { net, engine }      engine → { contract, rules, vault, spaces }      spaces → { rules, vault }
//            app → redis → { spaces, net }
//
// text/ (reading foreign text, embedded files) is a leaf that all may use, and all that net/ may use: the HTTP server
// knows nothing of the mock. An arrow reaches past the next room: app may name a rule. Never the other way.

const leaf = ["text"];
const engine = ["contract", "rules", "vault", "spaces", ...leaf];
const site = ["net", "engine", ...engine];

export const mayInclude = {
  text: [],
  contract: leaf,
  rules: leaf,
  vault: leaf,
  spaces: ["rules", "vault", ...leaf],
  engine,
  net: leaf,
  redis: ["spaces", "net", ...leaf], // descriptors and OpenSSL's objects are net's
  site,
  app: ["site", "redis", ...site],
  main: ["app", ...leaf],
  "vault-mock": ["app", "site", "net", ...leaf], // what other programs include
};

// Within a room: what a shelf may include of its own room, besides itself. What lies in no shelf is the room's own ground
// ("net" for net/request.hpp), and may include every shelf.
export const shelves = {
  "net/request": ["net"],
  "net/tls": [],
  "net/epoll": ["net", "net/request", "net/tls"],
  "net/httplib": ["net", "net/request", "net/tls"],
  "contract/schema": [],
  "rules/matching": [],
  "rules/answering": ["rules/matching"],
  "rules/language": ["rules", "rules/matching", "rules/answering"],
  "engine/operations": ["engine"],
  "engine/steps": ["engine", "engine/operations"],
  "site/pages": [],
  "site/admin": ["site"],
  "text/json": ["text"],
};

const pure = ["text", "contract", "rules", "vault", "engine"]; // the same input gives the same bytes
const outside = ["net", "redis", "site", "app"];

// `include` is held against the names of included headers, `code` against each line without its comment. `except` are files.
export const belongings = [
  { what: "cpp-httplib", include: /^httplib\.h$/, only: ["net"] },
  { what: "valijson, which nothing bounds (the tests hold contract/schema/schema_judge against it)", include: /^valijson\//, only: [] },
  { what: "hiredis, of which only the reader of replies is used", include: /^hiredis\//, only: [], except: ["redis/reply_reader.cpp"] },
  { what: "zlib", include: /^zlib\.h$/, only: ["text"] },
  { what: "CLI11", include: /^CLI\//, only: [], except: ["app/cli/read_words.cpp"] },
  { what: "spdlog", include: /^spdlog\//, only: outside },
  { what: "a socket", include: /^(sys\/(socket|epoll|un)|netinet\/.*|arpa\/inet|netdb|poll)(\.h)?$/, only: ["net", "redis"],
    except: ["app/authority/authority.cpp", "app/files/foreign_file.cpp", "app/log/log_sink.cpp", "app/machine/machine.cpp",
      "app/parent_watch.cpp"] },
  { what: "a thread", include: /^(thread|future|condition_variable|pthread\.h)$/, never: pure },
  { what: "a file or a stream", include: /^(iostream|fstream|filesystem|cstdio|stdio\.h|fcntl\.h)$/, never: pure },
  { what: "randomness", include: /^random$/, never: pure },
  { what: "randomness", code: /\b(RAND_bytes|random_device|s?rand\s*\()/, never: [...pure, "spaces"] },
  { what: "the wall clock", code: /\b(system|steady|high_resolution)_clock::now\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)/,
    never: [...pure, "spaces"] },
  { what: "std::regex, which some patterns stall (RE2 cannot be)", include: /^regex$/, only: [] },
  { what: "the environment", code: /\bgetenv\s*\(/, only: ["app"] },
  // What may be done in one place only, whatever the room.
  { what: "words for a terminal, which app/terminal/print.cpp makes harmless", only: [], except: ["app/terminal/print.cpp"],
    code: /\b(f?puts|f?printf|fwrite|cout|cerr|clog)\b/ },
  { what: "reading a file, which app/files/foreign_file.cpp does without waiting or throwing", only: [],
    except: ["app/files/foreign_file.cpp", "app/files/whole_file.cpp", "app/signals.cpp", "app/authority/authority_files.cpp"],
    code: /\b(ifstream|istreambuf_iterator|fopen)\b|(?<!\w)::open\s*\(/ },
];

const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));

// → undefined, or what is wrong with one file of a room including another of the same room.
function brokenShelf(path, included) {
  const [from, to] = [folderOf(path), folderOf(included)];
  const allowed = shelves[from];
  if (from === to || allowed === undefined || allowed.includes(to)) return undefined;
  return `${from}/ includes "${included}", but the shelf may include ${allowed.join(", ") || "only itself"} of its room`;
}

// files: [{ path, text }], paths relative to server/. → one sentence for each broken arrow, with its place.
export function brokenArrows(files) {
  const broken = [];
  for (const { path, text } of files) {
    const room = path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.[ch]pp$/, "");
    const report = (line, sentence) => broken.push(`server/${path}:${line}: ${sentence}`);
    if (!(room in mayInclude)) {
      report(1, `${room}/ is no room that tests/architecture/rooms.js knows: say there what it may include`);
      continue;
    }
    text.split("\n").forEach((source, index) => {
      const line = source.replace(/\/\/.*/, "");
      const included = line.match(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/)?.[1];
      const neighbour = included?.includes("/") ? included.slice(0, included.indexOf("/")) : undefined;
      if (neighbour in mayInclude && neighbour !== room && !mayInclude[room].includes(neighbour)) {
        const allowed = mayInclude[room].map((name) => `${name}/`).join(", ") || "no other room";
        report(index + 1, `${room} includes "${included}", but there is no arrow ${room} → ${neighbour}; it may include ${allowed}`);
      }
      const shelf = neighbour === room && brokenShelf(path, included);
      if (shelf) report(index + 1, shelf);
      for (const { what, include, code, only, never, except = [] } of belongings) {
        if (except.includes(path)) continue;
        const met = include ? included !== undefined && include.test(included) : code.test(line);
        if (met && (only ? !only.includes(room) : never.includes(room))) {
          report(index + 1, `${what} in ${room}/: \`${source.trim()}\`; ` +
            (only ? `it belongs to ${only.map((name) => `${name}/`).join(" and ") || "no room"}` : `${room}/ works on what it is given`));
        }
      }
    });
  }
  return broken;
}
