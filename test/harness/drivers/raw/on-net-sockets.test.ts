/** The raw driver's suite once more, on the public API: results must not depend on what connections are made of. */
import './raw-http.test.js';
import '../raw-connect.test.js';
import '../raw-echo.test.js';

process.env.CLUSTER_BENCH_SOCKETS = 'net';
