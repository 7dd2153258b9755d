import type { ProcessShare, SlotShare, TypicalTrial } from '../analysis/typical-trial.js';
import { integer, percent, seconds } from './format.js';
import { type Colors, slotPaint } from './palette.js';
import { flow, padEnd, padStart } from './text.js';
import { typicalWords } from './words.js';

/**
 * A bar per process under its slot, longest for the busiest one; with many slots two columns of slots, then four. `┊`
 * marks the even share where a bar stays well below it.
 */
export function renderBars(typical: TypicalTrial, runs: number, columns: number, colors: Colors): string[] {
  const { slots, requestsDiffer, of } = typical;
  const fold = slots.length <= 8 ? 1 : slots.length <= 32 ? 2 : 4;
  const layout = layOut(typical, fold, columns);
  const blocks = slots.map((slot) => slotLines(slot, layout, typical, colors));
  const marked = blocks.flat().some((line) => line.includes(evenMark));
  const legend = [
    typicalWords(typical, runs),
    ...(requestsDiffer ? [`█ ${of} ▀ requests`] : []),
    ...(marked ? [`${evenMark} even share`] : []),
  ].join(' · ');
  return [
    ...header(layout, legend, typical, colors),
    ...sideBySide(blocks, layout),
    ...(fold === 1 ? [] : foldedNotes(slots, columns, colors)),
  ];
}

interface Layout {
  fold: number;
  /** Widths; 0 = the field is left out. */
  block: number;
  slot: number;
  pid: number;
  bar: number;
  count: number;
  share: number;
  gap: number;
  /** Columns of bar for a share of 1: the greatest share fills the field. */
  perShare: number;
}

const evenMark = '┊';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function layOut({ slots, requestsDiffer }: TypicalTrial, fold: number, columns: number): Layout {
  const longest = (texts: string[], least: number) => Math.max(least, ...texts.map((text) => text.length));
  const gap = fold === 1 ? 2 : 1;
  const block = Math.floor((columns - 3 * (fold - 1)) / fold);
  const slot = longest([String(slots.length - 1)], fold === 1 ? 4 : 2);
  const pids = slots.flatMap(({ processes }) => processes.map(({ pid }) => String(pid)));
  const pid = fold === 4 ? 0 : longest(pids, requestsDiffer ? 8 : 3);
  const counts = slots.flatMap(({ connections, requests }) => [
    integer(connections),
    ...(requestsDiffer ? [integer(requests)] : []),
  ]);
  const count = fold === 4 ? 0 : longest(counts, fold === 1 ? 11 : 1);
  const share = 7;
  const fields = [slot, pid, count, share].filter((width) => width > 0);
  const bar = block - fields.reduce((sum, width) => sum + width + gap, 0);
  const greatest = Math.max(
    ...slots.map(({ connectionShare, requestShare }) =>
      requestsDiffer ? Math.max(connectionShare, requestShare) : connectionShare,
    ),
  );
  return { fold, block, slot, pid, bar, count, share, gap, perShare: greatest > 0 ? bar / greatest : 0 };
}

function header(
  layout: Layout,
  legend: string,
  { requestsDiffer, of }: TypicalTrial,
  colors: Colors,
): string[] {
  if (layout.fold > 1) return [colors.dim(legend)];
  const count = requestsDiffer ? 'count' : of;
  const bar = legend.length <= layout.bar ? legend : '';
  const line = row(layout, { slot: 'slot', pid: 'PID', bar, count, share: 'share' });
  return legend.length <= layout.bar ? [colors.dim(line)] : [colors.dim(legend), colors.dim(line)];
}

function row(
  layout: Layout,
  texts: { slot: string; pid: string; bar: string; count: string; share: string },
): string {
  return [
    padStart(texts.slot, layout.slot),
    ...(layout.pid > 0 ? [padStart(texts.pid, layout.pid)] : []),
    padEnd(texts.bar, layout.bar),
    ...(layout.count > 0 ? [padStart(texts.count, layout.count)] : []),
    padStart(texts.share, layout.share),
  ].join(' '.repeat(layout.gap));
}

function slotLines(slot: SlotShare, layout: Layout, typical: TypicalTrial, colors: Colors): string[] {
  const { processes } = slot;
  const paint = slotPaint(colors, slot.slot, typical.slots.length);
  const apart = layout.fold === 1 && processes.length > 0;
  const shown = apart ? processes : [{ ...slot, pid: processes.at(-1)?.pid ?? null, exit: undefined }];
  const evenAt = processes.length > 1 ? 0 : Math.round(layout.perShare / typical.slots.length) - 1;
  const marked = (drawn: string) => paint(drawn) + evenMarkAfter(drawn, evenAt, layout, colors);
  return shown.flatMap((process, index) => [
    row(layout, {
      slot: index === 0 ? String(slot.slot) : '',
      pid: String(process.pid ?? '–'),
      bar: marked(solidBar(process.connectionShare * layout.perShare)),
      count: integer(process.connections),
      share: percent(process.connectionShare),
    }),
    ...(typical.requestsDiffer ? [requestRow(process, layout, marked, colors)] : []),
    ...(apart ? exitLine(process, layout, colors) : []),
  ]);
}

function requestRow(
  { requests, requestShare }: Pick<ProcessShare, 'requests' | 'requestShare'>,
  layout: Layout,
  marked: (drawn: string) => string,
  { dim }: Colors,
): string {
  return row(layout, {
    slot: '',
    pid: dim('requests'),
    bar: marked('▀'.repeat(Math.round(requestShare * layout.perShare))),
    count: dim(integer(requests)),
    share: dim(percent(requestShare)),
  });
}

function exitLine(
  { exit }: Pick<ProcessShare, 'exit'>,
  { slot, pid, gap }: Layout,
  colors: Colors,
): string[] {
  return exit ? [' '.repeat(slot + pid + 2 * gap) + colors.bad(`└ ${exitWords(exit)}`)] : [];
}

/** Nothing where the bar comes within a column of the even share. */
function evenMarkAfter(drawn: string, evenAt: number, { bar }: Layout, colors: Colors): string {
  const blank = evenAt - drawn.length;
  return blank >= 1 && evenAt < bar ? ' '.repeat(blank) + colors.dim(evenMark) : '';
}

/** To an eighth of a column; what is there at all shows. */
function solidBar(length: number): string {
  const parts = length > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}

function sideBySide(blocks: readonly string[][], { fold, block }: Layout): string[] {
  const height = Math.ceil(blocks.length / fold);
  const stacks = Array.from({ length: fold }, (_, index) =>
    blocks.slice(index * height, (index + 1) * height).flat(),
  );
  const lines = Math.max(...stacks.map((stack) => stack.length));
  return Array.from({ length: lines }, (_, line) =>
    stacks.map((stack) => padEnd(stack[line] ?? '', block)).join('   '),
  );
}

function foldedNotes(slots: readonly SlotShare[], columns: number, colors: Colors): string[] {
  const notes = slots.flatMap(({ slot, processes }) =>
    processes.flatMap(({ pid, exit }) => (exit ? [`slot ${slot}: ${pid} ${exitWords(exit)}`] : [])),
  );
  return flow(notes, ' · ', columns).map((line) => colors.bad(line));
}

export function exitWords({ code, signal, atSeconds }: NonNullable<ProcessShare['exit']>): string {
  return `${signal ? `killed by ${signal}` : `exited with code ${code}`} after ${seconds(atSeconds)}`;
}
