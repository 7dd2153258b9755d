import type { CellDescription, RunDescription } from '../analysis/describe.js';
import type { ScenarioSummary } from '../analysis/scenario-summary.js';
import type { Spread } from '../analysis/statistics.js';
import { type Column, labelColumns, renderColumns, some, startsGroup, type TableText } from './columns.js';
import { integer, microseconds } from './format.js';
import type { Colors } from './palette.js';
import { plain } from './text.js';

/** What the clients suffered that came when something was done to the server, cells side by side; nothing without a scenario. */
export function renderScenario(run: RunDescription, columns: number, colors: Colors): string[] {
  const text = scenarioText(run);
  if (text === undefined) return [];
  return renderColumns(run.cells, scenarioColumns(run), { ...text, startsGroup }, columns, colors);
}

/** Undefined without a scenario. */
export function scenarioText(run: RunDescription): TableText<CellDescription> | undefined {
  const [first] = run.cells.flatMap(({ summary }) => summary.scenario ?? []);
  if (first === undefined) return undefined;
  return {
    title: `scenario ${plain(first.name)}`,
    note: `${integer(first.burst.median)} clients came at once, then`,
    captions: [
      'medians over valid trials (from–to)',
      'stuck: answered after more than 250 ms',
      'hung: not answered at all',
      'closed: without an answer',
      'even: until whom it happened to was served again as before (– not seen)',
      'load: clients beside the burst that were any of these',
    ],
  };
}

export function scenarioColumns(run: RunDescription): Column[] {
  return [...labelColumns(run), ...figures];
}

const figures: Column[] = [
  counted('stuck', ({ stuck }) => stuck),
  counted('reset', ({ reset }) => reset),
  counted('refused', ({ refused }) => refused),
  counted('hung', ({ hung }) => hung),
  counted('closed', ({ closed }) => closed),
  {
    head: 'longest wait',
    short: 'longest',
    align: 'right',
    value: (cell) => some(cell.summary.scenario?.longestWaitSeconds.median, duration),
  },
  { head: 'even after', short: 'even', align: 'right', value: even },
  { ...counted('load', ({ background }) => background), drop: 1 },
];

function counted(head: string, of: (scenario: ScenarioSummary) => Spread): Column {
  return {
    head,
    align: 'right',
    value: ({ summary: { scenario } }, colors) => {
      if (scenario === undefined) return '–';
      const { median, min, max } = of(scenario);
      const text = min === max ? integer(median) : `${integer(median)} (${integer(min)}–${integer(max)})`;
      return max === 0 ? colors.dim(text) : text;
    },
  };
}

/** Where it was not seen in most trials, that is what is typical. */
function even({ summary: { scenario, validTrials } }: CellDescription): string {
  if (scenario === undefined) return '–';
  return scenario.neverEven * 2 > validTrials ? '–' : some(scenario.secondsToEven?.median, duration);
}

function duration(seconds: number): string {
  return seconds === 0 ? '0 s' : microseconds(seconds * 1e6);
}
