/**
 * What egg-cluster asks of a framework, so that it runs any app: its agent does nothing, and in its workers the app is
 * run as `node app` would when egg-cluster's own server is to listen, which it then does not.
 */
import events = require('node:events');
import Module = require('node:module');
import net = require('node:net');

interface Options {
  app: string;
  args: string[];
}

class Part extends events.EventEmitter {
  ready(started: () => void): void {
    setImmediate(started);
  }
  close(): void {}
}

class Application extends Part {
  /** Without a port or a path egg-cluster does not go on to listen. */
  readonly config = { cluster: { listen: { path: 'app' } } };

  constructor({ app, args }: Options) {
    super();
    this.once('server', (server: net.Server) => {
      server.listen = () => {
        process.argv = [process.argv[0] as string, app, ...args];
        (Module as unknown as { runMain(file: string): void }).runMain(app);
        return server;
      };
    });
  }

  callback(): () => void {
    return () => {};
  }
}

export = { Application, Agent: Part };
