"use strict";
// Requests to the mock's own API. Not by fetch, which tests replace.

const http = require("node:http");
const https = require("node:https");
const { VaultMockError } = require("./error.js");

// Opens a request. → its answer, once the head is there
function open(url, { method = "GET", headers = {}, token, body, signal } = {}) {
  const client = url.startsWith("https:") ? https : http;
  const all = { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) };
  return new Promise((resolve, reject) => {
    const failed = (cause) =>
      reject(signal?.aborted ? cause : new VaultMockError(`There is no mock at ${new URL(url).origin}: ${cause.message || cause.code}`, { cause }));
    client.request(url, { method, headers: all, agent: false, signal }, resolve).on("error", failed).end(body);
  });
}

async function textOf(answer) {
  let text = "";
  for await (const piece of answer.setEncoding("utf8")) text += piece;
  return text;
}

// A refusal as the program words it: the mistakes of a rule with their places.
function refusal(status, text, what) {
  try {
    const { error, text: report, mistakes } = JSON.parse(text);
    if (error) return new VaultMockError(report?.trimEnd() || error, { status, mistakes });
  } catch {
    // not of the mock
  }
  return new VaultMockError(`${what} answered ${status}, which no mock does: ${text.slice(0, 200)}`, { status });
}

// → the JSON of the answer; a refusal is thrown.
async function call(url, options = {}) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const answer = await open(url, { ...options, body });
  const text = await textOf(answer);
  if (answer.statusCode >= 300) throw refusal(answer.statusCode, text, `${options.method ?? "GET"} ${url}`);
  return text === "" ? undefined : JSON.parse(text);
}

// { status: "4xx" } → "?status=4xx"; what is undefined is left out.
function query(parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

module.exports = { call, open, query, refusal, textOf };
