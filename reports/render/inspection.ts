import type { Inspection, ProcessInfo, TracedMessage } from '../../harness/inspect/inspection.js';
import { integer, microseconds, plural } from './format.js';
import { renderHeading } from './heading.js';
import { pageWidth, type RenderOptions } from './page.js';
import { type Colors, createColors } from './palette.js';
import { padEnd, plain, truncate, wrap } from './text.js';

/** What `bench inspect` prints: the processes as a tree, who listens, and the messages with their times. */
export function renderInspection(inspection: Inspection, { columns, color }: RenderOptions): string {
  const colors = createColors(color);
  const width = pageWidth(columns);
  const { policy, app, nodeVersion, mechanism, error, messages } = inspection;
  const found =
    mechanism.detected === mechanism.expected
      ? `${mechanism.detected}, as ${policy} promises`
      : `${mechanism.detected}, where ${policy} promises ${mechanism.expected}`;
  const lines = [
    truncate(`${plain(app)} under ${plain(policy)} · Node ${plain(nodeVersion)}`, width),
    ...wrap(plain(found), width),
    ...(error === undefined ? [] : wrap(`✗ ${plain(error.message)}`, width).map((line) => colors.bad(line))),
    '',
    renderHeading('processes', 'descriptors: sockets · pipes · files', width, colors),
    ...inspection.processes.flatMap((each) => processLines(each, inspection.processes, width, colors)),
    '',
    ...messageLines(messages, width, colors),
    ...connectionLines(inspection, width),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function processLines(
  process: ProcessInfo,
  all: readonly ProcessInfo[],
  width: number,
  colors: Colors,
): string[] {
  const { pid, role, slot, descriptors, listens, command } = process;
  const indent = '  '.repeat(1 + depthOf(process, all));
  const name = slot === undefined ? role : `${role}, slot ${slot}`;
  const open =
    descriptors === null ? '' : `${descriptors.sockets} · ${descriptors.pipes} · ${descriptors.files}`;
  const held = listens.length === 0 ? '' : `listens: socket ${listens.map(plain).join(', ')}`;
  const first = padEnd(`${indent}${pid} ${colors.bold(name)}`, 32) + padEnd(held, 32);
  return [`${first}${open}`, colors.dim(`${indent}  ${truncate(plain(command), width - indent.length - 2)}`)];
}

function depthOf({ parent }: ProcessInfo, all: readonly ProcessInfo[]): number {
  const above = all.find(({ pid }) => pid === parent);
  return above === undefined ? 0 : 1 + depthOf(above, all);
}

function messageLines(messages: readonly TracedMessage[], width: number, colors: Colors): string[] {
  if (messages.length === 0) return [];
  const lines = messages.map(({ atMs, from, slot, worker, what, accepted, withHandle }) => {
    const who = slot === null ? `PID ${worker}` : `slot ${slot}`;
    const way = from === 'primary' ? `primary → ${who}` : `${who} → primary`;
    const about = [
      ...(withHandle ? ['with a handle'] : []),
      ...(accepted === undefined ? [] : [accepted ? 'accepted' : 'not accepted']),
    ];
    return truncate(
      `  ${`${atMs.toFixed(1)} ms`.padStart(11)}  ${way.padEnd(18)}${plain(what).padEnd(22)}${about.join(', ')}`,
      width,
    );
  });
  return [renderHeading('messages', 'from the first one on', width, colors), ...lines, ''];
}

function connectionLines({ accepted, handOff }: Inspection, width: number): string[] {
  const order = `${plural(accepted.length, 'connection')}, by slot in the order of accepts: ${accepted.join(' ')}`;
  if (handOff === undefined) return wrap(order, width);
  const { latency, refusals } = handOff;
  const took = `hand-off: p50 ${microseconds(latency.p50)}, longest ${microseconds(latency.max)} · ${integer(refusals)} refused`;
  return [...wrap(order, width), ...wrap(took, width)];
}
