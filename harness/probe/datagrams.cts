/** Of UDP sockets, the ones that are bound in order to be sent to. */
import type dgram = require('node:dgram');

/**
 * Call `bound` with the port that was asked for when `socket` has been bound by its app. The act of sending binds a
 * socket as well (lib/dgram.js, Node 18–26: `bind({port: 0, exclusive: true}, null)`); that one is a client's.
 */
function whenBound(socket: dgram.Socket, bound: (askedPort: number) => void): void {
  const bind = socket.bind as (...args: unknown[]) => dgram.Socket;
  const patched = function patchedBind(this: dgram.Socket, ...args: unknown[]): dgram.Socket {
    const [first, callback] = args;
    const options = typeof first === 'object' && first !== null ? (first as dgram.BindOptions) : undefined;
    const bySending = callback === null && options?.exclusive === true;
    const port = Number(options === undefined ? first : options.port);
    if (!bySending) this.once('listening', () => bound(Number.isNaN(port) ? 0 : port));
    return Reflect.apply(bind, this, args);
  };
  Object.defineProperty(patched, 'name', { value: 'bind' });
  Object.defineProperty(socket, 'bind', { value: patched, configurable: true, writable: true });
}

export = { whenBound };
