/** In a primary: connections that it hands over, and how long each was on its way, from its sending to the worker's answer. */
import type childProcess = require('node:child_process');
import channels = require('node:diagnostics_channel');
import messages = require('../runtimes/cluster/messages.cjs');
import layout = require('./layout.cjs');
import series = require('./series.cjs');

interface HandOvers {
  /** That have been answered. */
  handed: number;
  /** That a worker did not take. */
  refusals: number;
  /** How long each took, ms. */
  took: ReturnType<typeof series.open>;
}

/** Opens the file `<base>.handovers`, and watches what goes by pipes. */
function open(base: string): HandOvers {
  const handOvers = { handed: 0, refusals: 0, took: series.open(`${base}.handovers`) };
  channels.subscribe(layout.handOverChannel, (message) => {
    const { what, well, tookMs } = message as { what: string; well: boolean; tookMs: number };
    if (what === 'arrived' && well) count(handOvers, tookMs);
  });
  return handOvers;
}

function count(handOvers: HandOvers, ms: number): void {
  series.add(handOvers.took, ms);
  handOvers.handed += 1;
}

/** A message of Node's cluster, of ours, or of a channel's own. */
interface Message {
  cmd?: string;
  act?: string;
  seq?: number;
  ack?: number;
  accepted?: boolean;
}

/**
 * Watch the channel of a worker. Node sends `newconn` with a number, and the worker answers with it whether it has accepted; our
 * own primary, where it has no pipes, sends one at a time, and Node's acknowledgement of the handle is the answer. Node, 18–26: lib/internal/cluster.
 */
function watch(worker: childProcess.ChildProcess, handOvers: HandOvers, now: () => number): void {
  const sentAt = new Map<number, number>();
  /** The oldest first: the next may be sent before we hear that the last has arrived. */
  const ownSentAt: number[] = [];
  const { send } = worker;
  worker.send = function watchedSend(this: unknown, ...args: unknown[]) {
    const { cmd, act, seq = 0 } = Object(args[0]) as Message;
    if (cmd === 'NODE_CLUSTER' && act === 'newconn') sentAt.set(seq, now());
    else if (cmd === messages.cmd && act === 'connection') ownSentAt.push(now());
    return Reflect.apply(send, this, args);
  } as typeof send;
  worker.on('internalMessage' as 'message', (message) => {
    const { cmd, act, ack, accepted } = message as Message;
    if (cmd === 'NODE_CLUSTER' && ack !== undefined) {
      const at = sentAt.get(ack);
      if (at === undefined) return;
      sentAt.delete(ack);
      count(handOvers, now() - at);
      if (accepted === false) handOvers.refusals += 1;
    } else if (cmd === 'NODE_HANDLE_ACK' || cmd === 'NODE_HANDLE_NACK') {
      const at = ownSentAt.shift();
      // What has not arrived is handed over again.
      if (at !== undefined && cmd === 'NODE_HANDLE_ACK') count(handOvers, now() - at);
    } else if (cmd === messages.cmd && act === 'refuse') handOvers.refusals += 1;
  });
}

export = { open, watch };
