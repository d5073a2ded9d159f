// The official Python SDKs, unmodified, in a virtual environment of their own: requirements.txt pins them by hash.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { clientTests, install, output, works } from "../support/sdk.js";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const hasPython = works("python3", ["-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 10)"]);
const skip = !hasPython && "Python 3.10 or newer, with venv, is not installed";

function python() {
  const folder = install("python", here("requirements.txt"), (made) => {
    output("python3", ["-m", "venv", made]);
    output(join(made, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", here("requirements.txt")]);
  });
  return join(folder, "bin/python");
}

clientTests("apideck-unify 0.52.0", { skip, command: () => [python(), here("unify_client.py")] });
clientTests("apideck 1.4.7, the older one", { skip, command: () => [python(), here("older_client.py")] });
