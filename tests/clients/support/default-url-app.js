// An app that uses the SDK named on its command line as its documentation says, and nothing else. Prints what it got.

const [name] = process.argv.slice(2);
const { API_KEY: apiKey, APP_ID: appId, CONSUMER_ID: consumerId } = process.env;

async function withUnify() {
  const { Apideck } = await import(name);
  const of = (consumer) => new Apideck({ apiKey, appId, consumerId: consumer, retryConfig: { strategy: "none" } }).vault.sessions;
  const { createSessionResponse } = await of(consumerId).create({});
  const failure = await of("error-402").create({}).then(() => 200, (error) => error.statusCode);
  return { uri: createSessionResponse.data.sessionUri, token: createSessionResponse.data.sessionToken, failure };
}

async function withNode() {
  const { Apideck } = await import(name);
  const of = (consumer) => new Apideck({ apiKey, appId, consumerId: consumer }).vault;
  const { data } = await of(consumerId).sessionsCreate({});
  const failure = await of("error-402").sessionsCreate({}).then(() => 200, (answer) => answer.status);
  return { uri: data.session_uri, token: data.session_token, failure };
}

console.log(JSON.stringify(await (name === "@apideck/node" ? withNode() : withUnify())));
