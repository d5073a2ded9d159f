import assert from "node:assert/strict";
import test from "node:test";
import { plainReturnUrl, readClaims, remaining, returnUrl, safeUrl } from "../../server/web/claims.js";
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
