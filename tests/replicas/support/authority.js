// A certificate authority by openssl, and a certificate of it for 127.0.0.1.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../support/launch.js";
import { folder, places } from "./services.js";

async function openssl(...words) {
  const { code, stderr } = await runCommand(places.openssl, words);
  if (code !== 0) throw new Error(`openssl ${words.join(" ")}: ${stderr}`);
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

// `name`: what the certificate is for. → { authority, certificate, key }, files
export async function startAuthority(name = "IP:127.0.0.1,DNS:localhost") {
  const home = folder();
  const at = (file) => join(home, file);
  await openssl("req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=An authority of the tests", "-keyout", at("ca-key.pem"), "-out", at("ca.pem"));
  await openssl("req", ...newKey, "-subj", "/CN=cache", "-keyout", at("key.pem"), "-out", at("request.pem"));
  writeFileSync(at("names"), `subjectAltName=${name}\n`);
  await openssl("x509", "-req", "-in", at("request.pem"), "-CA", at("ca.pem"), "-CAkey", at("ca-key.pem"), "-CAcreateserial",
    "-days", "2", "-extfile", at("names"), "-out", at("certificate.pem"));
  return { authority: at("ca.pem"), certificate: at("certificate.pem"), key: at("key.pem") };
}
