// Other mock servers that know the same contract, pinned in rivals/. They are large: ./dev bench --all installs them.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server, freePort, here, scratch } from "./servers.mjs";

const folder = join(here, "rivals");
const packages = join(folder, "node_modules");
const contract = join(here, "../../server/contract/openapi.json");
const versionOf = (name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;

async function startPrism() {
  const port = await freePort();
  return Server.start(process.execPath, [join(packages, "@stoplight/prism-cli/dist/index.js"), "mock", "--port", port, "--verboseLevel", "silent", contract], { port });
}

// It knows no contract: a stub as its users write them, which wants the headers and a field of the body.
async function startWireMock() {
  const [root, port] = [scratch(), await freePort()];
  mkdirSync(join(root, "mappings"));
  const present = { matches: ".+" };
  const token = "{{randomValue length=1430 type='ALPHANUMERIC'}}";
  writeFileSync(join(root, "mappings/session.json"), JSON.stringify({
    request: {
      method: "POST",
      urlPath: "/vault/sessions",
      headers: { authorization: present, "x-apideck-app-id": present, "x-apideck-consumer-id": present },
      bodyPatterns: [{ matchesJsonPath: "$.redirect_uri" }],
    },
    response: {
      status: 200,
      headers: { "content-type": "application/json" },
      body: `{"status_code":200,"status":"OK","data":{"session_uri":"https://vault.apideck.com/session/${token}","session_token":"${token}"}}`,
      transformers: ["response-template"],
    },
  }));
  const jar = join(packages, `wiremock/build/wiremock-standalone-${versionOf("wiremock")}.jar`);
  return Server.start("java", ["-jar", jar, "--port", port, "--bind-address", "127.0.0.1", "--root-dir", root, "--disable-banner", "--max-request-journal-entries", "1000"], { port, complaints: "ignore" });
}

async function startMockoon() {
  const port = await freePort();
  return Server.start(process.execPath, [join(packages, "@mockoon/cli/bin/run.js"), "start", "--data", contract, "--port", port, "--hostname", "127.0.0.1", "--disable-log-to-file"], { port });
}

const openApiBackend = `
const { OpenAPIBackend } = require("openapi-backend");
const api = new OpenAPIBackend({ definition: JSON.parse(require("node:fs").readFileSync(${JSON.stringify(contract)})), quick: true, handlers: {
  unauthorizedHandler: (c, request, response) => response.writeHead(401).end(),
  validationFail: (c, request, response) => response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(c.validation.errors)),
  notImplemented: (c, request, response) => {
    const { status, mock } = api.mockResponseForOperation(c.operation.operationId);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(mock));
  },
} });
for (const name of ["apiKey", "sessionToken"]) api.registerSecurityHandler(name, (c) => Boolean(c.request.headers.authorization));
api.init().then(() => require("node:http").createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text) => (body += text)).on("end", () =>
    api.handleRequest({ method: request.method, path: request.url, headers: request.headers, body }, request, response));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); }));`;

const startOpenApiBackend = () => Server.start(process.execPath, ["-e", `module.paths.unshift(${JSON.stringify(packages)});${openApiBackend}`]);

// → { name: start }, of what can run here
export function rivals() {
  if (!existsSync(packages)) execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const found = {
    [`Prism ${versionOf("@stoplight/prism-cli")}`]: startPrism,
    [`Mockoon ${versionOf("@mockoon/cli")}`]: startMockoon,
    [`openapi-backend ${versionOf("openapi-backend")}`]: startOpenApiBackend,
  };
  if (!spawnSync("java", ["-version"]).error) found[`WireMock ${versionOf("wiremock")}`] = startWireMock;
  else console.error("WireMock is left out: there is no java here (default-jre-headless).");
  return found;
}
