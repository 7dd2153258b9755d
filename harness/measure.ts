import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { attribute } from './attribution.js';
import type { Driven } from './driven.js';
import { classify, findListeners, type Member } from './mechanism.js';
import { expectedMechanism } from './policies/policy.js';
import { listening, type ServerView } from './probe/server-view.js';
import { withChildren } from './process-usage.js';
import type { TrialRecord } from './record.js';
import { outcomeOf } from './scenarios/outcome.js';
import { followExit, rowsWithExit } from './server-exit.js';
import { warningsOf } from './trial-warnings.js';
import { invalidity } from './verdict.js';
import { lateSlotOf, openWindow, type Ready, unitOf } from './window.js';

/** Of these the server itself may have said why. */
const deaths = ['worker-exit', 'server-exit'];

/** Detect the mechanism, measure one window, and say who got what in it and whether that can be believed. */
export async function measure(ready: Ready): Promise<Omit<TrialRecord, 'startedAt'>> {
  const { spec, server, view, folder, cores } = ready;
  const serverExit = followExit(server);
  const { mechanism, mechanismKnown } = await detect(ready);
  const { before, after, spell, machine, happened } = await openWindow(ready);

  const exit = serverExit();
  const isAlone = view.primary === undefined;
  const attributed = attribute({
    folder,
    before,
    after,
    spell,
    ...(happened && { burst: happened.burst }),
    slots: spec.cell.workers,
    transport: spec.transport,
    of: unitOf(spec),
    front: spec.policy.front ?? 'primary',
    mayLose: workersToEnd(spec) > 0,
  });
  const trial = {
    cell: spec.cell,
    run: spec.run,
    measuredSeconds: (spell.deadlineMs - spell.startedAtMs) / 1000,
    drainSeconds: Math.max(0, spell.endedAtMs - spell.deadlineMs) / 1000,
    mechanism,
    client: spell.client,
    latency: spell.latency,
    ...attributed,
    ...(spec.scenario !== null &&
      happened && {
        scenario: outcomeOf(spec.scenario, happened, {
          cell: spec.cell,
          timeline: attributed.timeline,
          measuredSeconds: (spell.deadlineMs - spell.startedAtMs) / 1000,
          spell,
          timeoutMs: spec.timeoutSeconds * 1000,
        }),
      }),
    ...(isAlone && exit && { workers: rowsWithExit(attributed.workers, exit, spell.startedAtMs) }),
  };
  const primaryExit = isAlone || exit === undefined ? undefined : { ...exit, pid: server.pid };
  const judged = {
    ...trial,
    mechanismKnown,
    ...(primaryExit && { primaryExit }),
    workersToEnd: workersToEnd(spec),
    ...(happened && { burst: happened.burst.client }),
  };
  const reason = invalidity(judged, { before, after, spell });
  const details = reason !== undefined && deaths.includes(reason.code) ? server.lastWords() : [];
  const error = reason && { ...reason, ...(details.length > 0 && { details }) };
  const rig = {
    before,
    after,
    machine,
    cores,
    processors: cpus().length,
    platform: process.platform,
  };
  const warnings = [...spec.warnings, ...warningsOf(judged, rig)];
  return { ...trial, warnings, valid: error === undefined, ...(error && { error }) };
}

/** A primary that gives its socket away closes its own copy a moment after the workers have begun to listen. */
const settledWithinMs = 1000;
const lookEveryMs = 10;

async function detect({ spec, view, driven, signal }: Ready) {
  const expected = expectedMechanism(spec.policy, spec.transport);
  const members = membersOf(view, driven, lateSlotOf(spec));
  const giveUpAt = performance.now() + settledWithinMs;
  for (;;) {
    signal.throwIfAborted();
    const listeners = await findListeners(members, driven.at);
    const detected = listeners === undefined ? ('unknown' as const) : classify(members, listeners);
    if (listeners === undefined || detected === expected || performance.now() > giveUpAt)
      return {
        mechanism: { expected, detected, listeners: listeners ?? [] },
        mechanismKnown: listeners !== undefined,
      };
    await setTimeout(lookEveryMs);
  }
}

function membersOf(
  { primary, proxy, workers }: ServerView,
  { isDriven }: Driven,
  lateSlot: number | null,
): Member[] {
  const live = workers.filter(({ exit, slot }) => exit === undefined && slot !== lateSlot);
  return [
    ...(primary === undefined ? [] : [{ pid: primary.pid, role: 'primary' as const }]),
    ...(proxy === undefined ? [] : withChildren(proxy.pid).map((pid) => ({ pid, role: 'proxy' as const }))),
    ...live.map(({ pid, reading }) => ({
      pid,
      role: 'worker' as const,
      via: listening(reading).find(isDriven)?.via,
    })),
  ];
}

function workersToEnd({ scenario, cell }: Ready['spec']): number {
  if (!scenario?.endsWorkers) return 0;
  return scenario.slot(cell.workers) === null ? cell.workers : 1;
}
