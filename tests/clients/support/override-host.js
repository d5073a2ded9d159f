// For node --import: leads the vendor's hosts to the mock on this machine, at $MOCK_PORT in place of 443. It takes the place of
// a line in /etc/hosts, and for the right to listen on port 443; the code that runs after it is not touched.

import net from "node:net";

const vendor = /^(unify|vault|vaultjs)\.apideck\.com$/;
const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function (...args) {
  const [first] = args;
  const options = Array.isArray(first) ? first[0] : first; // net.connect() hands on its normalised arguments
  if (vendor.test(options?.host) && Number(options.port) === 443) {
    Object.assign(options, { host: "127.0.0.1", port: Number(process.env.MOCK_PORT) });
  }
  return connect.apply(this, args);
};
