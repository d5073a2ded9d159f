// The official Java SDK, unmodified: pom.xml pins it. Maven says where it is, and java compiles the client as it starts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { clientTests, install, output, works } from "../support/sdk.js";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const hasJava = works("javac", ["--release", "17", "--version"]) && works("mvn", ["--version"]);
const skip = !hasJava && "Java 17 or newer (a JDK), with Maven, is not installed";

function classPath() {
  const folder = install("java", here("pom.xml"), (made) => {
    const options = ["--batch-mode", "--quiet", "--file", here("pom.xml"), `-Dmdep.outputFile=${join(made, "class-path")}`];
    output("mvn", [...options, "dependency:build-classpath"]);
  });
  return readFileSync(join(folder, "class-path"), "utf8");
}

clientTests("com.apideck:unify 0.33.2", { skip, command: () => ["java", "-cp", classPath(), here("VaultClient.java")] });
