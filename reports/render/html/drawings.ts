import type { RunRecord } from '../../../harness/record.js';
import { describeRun, type RunDescription } from '../../analysis/describe.js';
import { type CellDetail, detailCell } from '../../analysis/detail/detail.js';
import { mergedCells } from '../../analysis/merged-cells.js';
import type { Chart } from './chart.js';
import { cellCharts, runCharts } from './charts/index.js';
import { drawChart } from './draw.js';
import { cellNames } from './names.js';
import { standalone } from './standalone.js';

/** A chart with its drawing, which is made when it is looked at: a page of many cells has no room for all. */
export interface Drawing extends Chart {
  /** In a file name, and unique in the run. */
  name: string;
  kind: string;
  rank: number;
  readonly svg: string;
}

export interface Drawings {
  run: Drawing[];
  /** In the order of the description's cells. */
  cells: Drawing[][];
}

export interface NamedChart {
  /** As `slots-rr-4`. */
  name: string;
  title: string;
  /** A whole file. */
  svg: string;
}

/** Every chart of a run by itself. */
export function chartsOf(run: RunRecord): readonly NamedChart[] {
  const { description, drawings } = drawRun(run);
  return [
    ...drawings.run.map(named),
    ...drawings.cells.flatMap((ofCell, index) =>
      ofCell.map((drawing) =>
        named({ ...drawing, title: `${description.cells[index]?.label}: ${drawing.title}` }),
      ),
    ),
  ];
}

export function drawRun(run: RunRecord): { description: RunDescription; drawings: Drawings } {
  const groups = mergedCells(run);
  const description = describeRun(run, groups);
  const details = groups.map((group) => detailCell(group, description.comparedLatency));
  return { description, drawings: draw(description, details) };
}

function draw(run: RunDescription, details: readonly CellDetail[]): Drawings {
  const names = cellNames(run);
  return {
    run: runCharts.flatMap((kind) => drawn(kind, kind.name, kind.of(run, details))),
    cells: run.cells.map((cell, index) => {
      const detail = details[index];
      return detail
        ? cellCharts.flatMap((kind) =>
            drawn(kind, `${kind.name}-${names[index]}`, kind.of({ run, cell, detail })),
          )
        : [];
    }),
  };
}

function drawn(kind: { name: string; rank: number }, name: string, chart: Chart | undefined): Drawing[] {
  if (chart === undefined) return [];
  let made: string | undefined;
  return [
    {
      ...chart,
      name,
      kind: kind.name,
      rank: kind.rank,
      get svg() {
        made ??= drawChart(chart, name);
        return made;
      },
    },
  ];
}

function named(drawing: Drawing): NamedChart {
  const { name, title, svg } = drawing;
  return { name, title, svg: standalone(svg, drawing) };
}
