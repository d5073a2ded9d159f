"use strict";

const { start } = require("./lib/start.js");
const { connect } = require("./lib/mock.js");
const { VaultMockError } = require("./lib/error.js");

module.exports = { start, connect, VaultMockError };
