// What a release has beside the program, before those who will read it: the bill of materials before CycloneDX's own schema,
// the YAML before a parser, the scripts of the workflow as it calls them.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { parse, parseAllDocuments } from "yaml";
import { program, root, temporaryFolder, version } from "../support/program.js";
import { finished } from "./support.js";

const read = (path) => readFileSync(join(root, path), "utf8");

test("the bill of materials is CycloneDX, and has what the program is linked with", async () => {
  const text = await finished(join(root, "server/cmake/parts"), ["sbom", "release"]);
  const mistakes = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text);
  assert.equal(mistakes, null, JSON.stringify(mistakes));
  const names = JSON.parse(text).components.map(({ name }) => name);
  for (const name of ["cpp-httplib", "fmtlib", "spdlog", "simdjson", "nlohmann-json3", "cli11", "tl-expected", "openssl", "re2", "hiredis", "zlib"]) {
    assert.ok(names.includes(name), `${name} is not among ${names}`);
  }
  assert.equal(await finished(join(root, "server/cmake/parts"), ["sbom", "release"]), text, "twice the same");
});

test("the notices of all libraries go with the program", async () => {
  const text = await finished(join(root, "server/cmake/parts"), ["notices", "release"]);
  for (const holder of ["Yuji Hirose", "Niels Lohmann", "OpenSSL", "Henry Schreiner", "Gabi Melman", "Free Software Foundation"]) {
    assert.ok(text.includes(holder), holder);
  }
});

test("a release wants its version in the sources and dated in the changelog, and prints what changed", async () => {
  const released = join(root, "server/cmake/released");
  await assert.rejects(finished(released, ["9.9.9"]), /the sources are version/);
  const dated = read("CHANGELOG.md").match(/^## (\S+) \(\d{4}-\d{2}-\d{2}\)$/m);
  if (dated?.[1] === version) assert.match(await finished(released, [version]), /^### Added\n/);
  else await assert.rejects(finished(released, [version]), /CHANGELOG\.md has no heading/);
});

test("the image of two processors is made of the released programs", async () => {
  const [packages, folder, image] = [temporaryFolder(), temporaryFolder(), join(temporaryFolder(), "image")];
  // That of this processor as cpack makes it; the other stands for what `./dev package` makes beside it.
  writeFileSync(join(dirname(program), "THIRD-PARTY.txt"), await finished(join(root, "server/cmake/parts"), ["notices", "release"]));
  await finished("cpack", ["-G", "TGZ", "-B", packages], { cwd: dirname(program) });
  const own = { x64: "x86_64", arm64: "aarch64" }[process.arch];
  for (const processor of ["x86_64", "aarch64"].filter((name) => name !== own)) {
    const name = `vault-mock-${version}-linux-${processor}`;
    mkdirSync(join(folder, name, "bin"), { recursive: true });
    mkdirSync(join(folder, name, "share/vault-mock/fixtures"), { recursive: true });
    writeFileSync(join(folder, name, "bin/vault-mock"), processor);
    writeFileSync(join(folder, name, "share/vault-mock/fixtures/defaults.json"), "{}");
    mkdirSync(join(folder, name, "share/doc/vault-mock"), { recursive: true });
    for (const notice of ["LICENSE", "THIRD-PARTY.txt"]) writeFileSync(join(folder, name, "share/doc/vault-mock", notice), notice);
    await finished("tar", ["-czf", join(packages, `${name}.tar.gz`), "-C", folder, name]);
  }
  await finished(join(root, "docker/from-packages"), [packages, version, image]);
  const [mine, other] = own === "x86_64" ? ["amd64", "arm64"] : ["arm64", "amd64"];
  assert.match(await finished(join(image, mine, "vault-mock"), ["--version"]), new RegExp(`vault-mock ${version}`));
  assert.match(readFileSync(join(image, other, "vault-mock"), "utf8"), /^(x86_64|aarch64)$/);
  assert.deepEqual(readdirSync(join(image, other, "usr/share/vault-mock")).sort(), ["LICENSE", "THIRD-PARTY.txt", "fixtures"]);
  const lines = (text) => text.split("\n").filter((line) => /^[A-Z]/.test(line));
  const written = lines(read("docker/Dockerfile"));
  const made = lines(readFileSync(join(image, "Dockerfile"), "utf8"));
  const after = (all) => all.slice(all.findIndex((line) => line.startsWith("USER")));
  assert.deepEqual(after(made), after(written), "user, environment, probe and entry are those of docker/Dockerfile");
  await assert.rejects(finished(join(root, "docker/from-packages"), [packages, "9.9.9", image]), /\.\/dev package makes it/);
});

test("what workflows, the action and the manifests say can be read, and the scripts that they call exist", () => {
  const workflows = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
  for (const file of [...workflows, ".github/actions/vault-mock/action.yml", "docker/gitlab-ci.yml", "docker/compose.yaml"]) {
    parse(read(file), { strict: true });
    for (const [, script] of read(file).matchAll(/(?:^|[ "'$(])((?:\.\/dev|\.ci|server|docker)\/?[\w/-]*)(?= |$|\n)/gm)) {
      if (!script.includes("/") || script.endsWith("/")) continue;
      assert.ok(existsSync(join(root, script)), `${file} names ${script}`);
      if (/^(\.\/dev|\.ci\/run|server\/cmake\/|docker\/from)/.test(script)) assert.ok(statSync(join(root, script)).mode & 0o100, script);
    }
  }
  const forms = readdirSync(join(root, ".github/ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");
  for (const name of forms) {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`));
    assert.deepEqual([typeof form.name, typeof form.description, Array.isArray(form.body)], ["string", "string", true], name);
  }
});

for (const file of ["docker/kubernetes.yaml", "docker/kubernetes-replicas.yaml"])
  test(`${file} selects what it makes, and probes as the image does`, () => {
    const parts = parseAllDocuments(read(file), { strict: true }).map((document) => document.toJS());
    const [, probe] = read("docker/Dockerfile").match(/HEALTHCHECK .* CMD (\[.*\])/);
    for (const service of parts.filter(({ kind }) => kind === "Service")) {
      const deployment = parts.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === service.metadata.name);
      const { metadata, spec } = deployment.spec.template;
      assert.deepEqual(deployment.spec.selector.matchLabels, metadata.labels);
      assert.deepEqual(service.spec.selector, metadata.labels);
      const [container] = spec.containers;
      assert.equal(service.spec.ports[0].targetPort, container.ports[0].name);
      if (metadata.labels.app !== "vault-mock") continue;
      for (const kind of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        assert.deepEqual(container[kind].exec.command, JSON.parse(probe), kind);
      }
      assert.match(container.image, new RegExp(`:${version.replaceAll(".", "\\.")}$`));
      if (deployment.spec.replicas === 1) continue;
      const { value } = container.env.find(({ name }) => name === "VAULT_MOCK_STORE");
      assertIsStore(value, parts.filter(({ kind }) => kind === "Service").map(({ metadata, spec }) => [metadata.name, spec.ports[0].port]));
    }
  });

// A store's address is that of one of these: [[name, port], …].
const assertIsStore = (url, services) => {
  const { protocol, hostname, port } = new URL(url);
  assert.equal(protocol, "redis:");
  assert.ok(services.some(([name, number]) => name === hostname && number === Number(port)), url);
};

test("the replicas of the compose file have a store, and a balancer that knows them", () => {
  const { services } = parse(read("docker/compose.yaml"), { strict: true });
  const { store, replica, balancer } = services;
  for (const service of [store, replica, balancer]) assert.deepEqual(service.profiles, ["replicas"]);
  assertIsStore(replica.environment.VAULT_MOCK_STORE, [["store", 6379]]);
  assert.deepEqual([replica.build, replica.image], [services["vault-mock"].build, services["vault-mock"].image]);
  for (const { depends_on: others = {} } of [replica, balancer])
    for (const [name, { condition }] of Object.entries(others)) assert.ok(condition === "service_healthy" && services[name], name);
  const [file] = balancer.volumes[0].split(":");
  const config = read(join("docker", file));
  assert.match(config, /^  server-template \w+ \d+ replica:4010 /m);
  assert.ok(balancer.ports[0].endsWith(`:${config.match(/bind :(\d+)/)[1]}`), balancer.ports[0]);
});
