// Calls to the mock: the headers each needs, a session, and any call with its answer.

// The headers that the API asks for. `more` are further ones, or others of them.
export const keys = (consumer = "test-consumer", { app = "test-app", key = "Bearer sk_test_0123456789", ...more } = {}) => ({
  authorization: key,
  "x-apideck-app-id": app,
  "x-apideck-consumer-id": consumer,
  ...more,
});

// → { status, headers, text, json }; `json` is undefined where the text is not JSON. The body is sent as JSON, unless it is `raw`.
export async function call(url, { method = "GET", body, headers = {}, raw = false } = {}) {
  const answer = await fetch(url, { method, headers, body: body === undefined || raw ? body : JSON.stringify(body) });
  const text = await answer.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {}
  return { status: answer.status, headers: answer.headers, text, json };
}

// → { status, headers, body }
export async function askForSession(url, { consumer, app, key, headers = {}, body } = {}) {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await call(`${url}/vault/sessions`, {
    method: "POST",
    headers: { ...keys(consumer, { app, key }), ...type, ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: answer.json };
}
