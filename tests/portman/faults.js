// What fails of Portman's assertions for a reason of the tool's own. It calls every operation with the examples of the
// description or values of its making, and wants a success of each.

const example =
  "Portman takes the schema's property named `example` for an example and drops it, then finds it additional; by the schema itself " +
  "the answer is valid, as tests/vendor shows";
const additional = (place) => {
  const one = `${place}(\\[\\d+\\])? should NOT have additional properties`;
  return new RegExp(`^expected data to satisfy schema but found following errors: \\n${one}(, ${one})*$`);
};
const inConnections = { "Schema is valid": additional("data\\.data(\\[\\d+\\])?\\.custom_mappings") };
const inMappings = { "Schema is valid": additional("data\\.data") };

const is = (status) => new RegExp(`^expected response code to be 2XX but found ${status}$`);
const anError = /^expected data to satisfy schema but found following errors: \ndata should have required property 'status', data should have required property 'data'$/;
const refused = (status) => ({ "Status code is 2xx": is(status), "Schema is valid": anError });

// { request, assertions: { the assertion: what it says }, why }
export const faults = [
  { request: "Get all connections", assertions: inConnections, why: example },
  { request: "Get connection", assertions: inConnections, why: example },
  { request: "Create connection", assertions: inConnections, why: example },
  { request: "Update connection", assertions: inConnections, why: example },
  { request: "Import connection", assertions: inConnections, why: example },
  { request: "Migrate connection", assertions: inConnections, why: example },
  { request: "Get resource settings", assertions: inConnections, why: example },
  { request: "Update settings", assertions: inConnections, why: example },
  { request: "List connection custom mappings", assertions: inMappings, why: example },
  { request: "List custom mappings", assertions: inMappings, why: example },
  { request: "Get custom mapping", assertions: inMappings, why: example },
  { request: "Create custom mapping", assertions: inMappings, why: example },
  { request: "Update custom mapping", assertions: inMappings, why: example },
  {
    request: "Authorize Access Token",
    assertions: refused(400),
    why: "it asks for a token of pipedrive, the example of the description, which takes an API key",
  },
  {
    request: "Confirm Connection",
    assertions: refused(401),
    why: "its confirm token is the example of the description, which nobody handed out, for an account that authorizes in one step",
  },
  { request: "Authorize", assertions: { "Status code is 2xx": is(400) }, why: "its state is the word <jwt_token>, and the success is a 301" },
  {
    request: "Revoke connection",
    assertions: { "Status code is 2xx": is(400) },
    why: "its state is the word <jwt_token>, and the success is a 301",
  },
  { request: "Callback", assertions: { "Status code is 2xx": is(400) }, why: "its state is the word <jwt_token>, and the success is a 301" },
  {
    request: "Provider disconnect callback",
    assertions: {
      "Status code is 2xx": is(401),
      "Content-Type is text/html": /^expected 'application\/json; charset=utf-8' to include 'text\/html'$/,
    },
    why: "its token is made of words, and the description has errors as JSON alone",
  },
  { request: "Provider disconnect server callback", assertions: { "Status code is 2xx": is(401) }, why: "its token is made of words" },
  { request: "Consumer request counts", assertions: refused(404), why: "it has just deleted the consumer" },
];
