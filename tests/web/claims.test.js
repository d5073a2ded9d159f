import assert from "node:assert/strict";
import test from "node:test";
import { plainReturnUrl, readClaims, remaining, returnUrl, safeUrl, unsafeSchemes, urlWith, webUrl } from "../../server/web/claims.js";
import { routeIn, tokenIn } from "../../server/web/routes.js";
import { buttonColours, contrast, enough, readable, textOn } from "../../server/web/colours.js";

test("the documented defaults stand in for what is absent, and for what has the wrong type", () => {
  for (const settings of [undefined, null, 7, {}, { show_logs: "no", unified_apis: "crm", allow_actions: {} }]) {
    const claims = readClaims({ settings, exp: 1 });
    assert.deepEqual([claims.logs, claims.sidebar, claims.suggestions, claims.isolated, claims.autoRedirect], [true, true, false, false, false]);
    assert.ok(claims.shows("crm") && claims.allows("delete"));
  }
});

test("the way back keeps what the URL has", () => {
  assert.equal(returnUrl("https://app.example/a?b=1#c", "hubspot"), "https://app.example/a?b=1&authorizedConnection=hubspot#c");
  assert.equal(returnUrl("javascript:alert(1)", "x"), null);
  assert.equal(plainReturnUrl({ redirect_uri: "https://app.example/a?b=1#c" }), "https://app.example/a?b=1#c");
  for (const claims of [null, {}, { redirect_uri: 7 }, { redirect_uri: "javascript:alert(1)" }]) assert.equal(plainReturnUrl(claims), null);
});

test("only http(s) and an app's own schemes are safe", () => {
  for (const url of ["https://a.example", "http://localhost:3000", "myapp://x", "com.example.app:/done"]) assert.ok(safeUrl(url), url);
  for (const url of ["javascript:1", "data:,x", "\tjavascript:1", "java\tscript:1", "file:///x", "blob:x", "about:blank", "", undefined, "/x"]) assert.equal(safeUrl(url), null, url);
});

test("no scheme of the list is safe, however it is written", () => {
  for (const scheme of ["javascript", "data", "vbscript", "file", "feed", "jar", "intent", "blob", "view-source", "filesystem", "about"])
    assert.ok(unsafeSchemes.includes(scheme), scheme);
  for (const scheme of unsafeSchemes)
    for (const url of [`${scheme}:x`, `${scheme}://host/x`, `${scheme}:https://a.example`, `${scheme.toUpperCase()}:x`, ` ${scheme}:x`, `${scheme[0]}\n${scheme.slice(1)}:x`, `${scheme}:\tx`])
      for (const result of [safeUrl(url), webUrl(url), urlWith(url, { a: "b" }), returnUrl(url, "x"), plainReturnUrl({ redirect_uri: url })]) assert.equal(result, null, url);
});

test("what is asked for by fetch() or as an image is http(s) alone", () => {
  for (const url of ["https://a.example/b", "http://127.0.0.1:1/"]) assert.equal(webUrl(url), url);
  for (const url of ["myapp://x", "ftp://a.example", "", undefined, null, 7, {}, "/x", "https://"]) assert.equal(webUrl(url), null, String(url));
});

test("a parameter is added to what the URL has, or takes the place of its namesake", () => {
  assert.equal(urlWith("https://a.example/p?a=1#c", { b: "2&3" }), "https://a.example/p?a=1&b=2%263#c");
  assert.equal(urlWith("https://a.example/p?a=1", { a: "2" }), "https://a.example/p?a=2");
  assert.equal(urlWith("https://a.example/p", { a: "1" }), "https://a.example/p?a=1");
  assert.equal(urlWith(undefined, { a: "1" }), null);
});

test("the token is the one in the path, and of a link to one connection the one in the query", () => {
  const at = (url) => new URL(url, "http://mock.test");
  for (const [url, token] of [
    ["/session/a.b.c", "a.b.c"], ["/@s/session/a.b.c?jwt=other", "a.b.c"], ["/session/a%2Eb.c", "a.b.c"], ["/session/%E0", "%E0"],
    ["/integrations/crm/hubspot?jwt=a.b.c", "a.b.c"], ["/@s/integrations/crm/session?jwt=a.b.c", "a.b.c"], ["/integrations/crm/hubspot", ""], ["/session/", ""],
    ["/integrations/session/hubspot?jwt=a.b.c", "a.b.c"],
  ]) assert.equal(tokenIn(at(url)), token, url);
});

test("the hash names the view, and the path where there is no hash", () => {
  const at = (url) => routeIn(new URL(url, "http://mock.test"));
  assert.deepEqual(["/session/x", "/session/x#/logs", "/integrations/crm/hubspot?jwt=x", "/integrations/crm/hubspot#/"].map(at), ["", "logs", "crm/hubspot", ""]);
});

test("what is left is said in the unit that matters", () => {
  assert.deepEqual([-5, 59_000, 1_800_000, 3_700_000, 604_800_000].map(remaining), ["0:00", "0:59", "30:00", "1 h 01 min", "7 days"]);
});

test("every pair of colours ends readable", () => {
  const values = [0, 64, 128, 192, 255];
  const colours = values.flatMap((red) => values.flatMap((green) => values.map((blue) => [red, green, blue])));
  for (const background of colours) {
    assert.ok(contrast(textOn(background), background) >= enough);
    assert.ok(contrast(...buttonColours(background)) >= enough);
    for (const colour of colours) assert.ok(contrast(readable(colour, background), background) >= enough);
  }
});

test("buttons keep a brand's colour, with white text where that nearly reads", () => {
  assert.deepEqual(buttonColours([170, 0, 0]), [[170, 0, 0], [255, 255, 255]]);
  assert.deepEqual(buttonColours([255, 255, 102]), [[255, 255, 102], [0, 0, 0]]);
  const [background, text] = buttonColours([0x28, 0x6e, 0xfa]); // the vendor's example
  assert.deepEqual(text, [255, 255, 255]);
  assert.ok(background.every((value, i) => Math.abs(value - [0x28, 0x6e, 0xfa][i]) < 20), background.join());
});
