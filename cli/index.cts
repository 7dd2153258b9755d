/** For CommonJS: the same module, so that a BenchError is one however it was loaded. */
import api = require('./index.js');

export = api;
