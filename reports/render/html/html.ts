import { createHash } from 'node:crypto';
import type { RunRecord } from '../../../harness/record.js';
import type { RunDescription } from '../../analysis/describe.js';
import { utcMinute } from '../format.js';
import { loadFacts, machineFacts } from '../header.js';
import { type Drawings, drawRun } from './drawings.js';
import { optionsJson } from './figure.js';
import { html, type Markup, raw } from './markup.js';
import { cellNames } from './names.js';
import { pageScript } from './page-script.js';
import { fitting } from './room.js';
import { cellSection } from './sections/cell.js';
import { comparedSection, scenarioSection } from './sections/compared.js';
import { commandSection, environmentSection } from './sections/environment.js';
import { comparisonSection, thresholdsSection, warningsSection } from './sections/outcome.js';
import { verdictSection } from './sections/verdict.js';
import { style } from './style.js';

const mostBytes = 1_450_000;

/**
 * The report as one HTML file that fetches nothing: words and tables as in the terminal, and charts, which show without scripts and
 * answer the pointer with them. It has at most 1.5 MB: of very many cells some kinds of chart are left out, and named.
 */
export function renderHtml(run: RunRecord): string {
  const { description, drawings } = drawRun(run);
  const none = { run: [], cells: drawings.cells.map(() => []), omitted: [] };
  const left = mostBytes - Buffer.byteLength(page(description, none));
  return page(description, fitting(drawings, left));
}

function page(run: RunDescription, drawings: Drawings & { omitted: string[] }): string {
  const title = titleOf(run);
  const names = cellNames(run);
  const all = [...drawings.run, ...drawings.cells.flat()];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${raw(sha256(pageScript))}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${run.tool.name} ${run.tool.version}">
<title>${title} · ${run.tool.name}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<header>
<p class="facts">${run.tool.name} ${run.tool.version} · ${utcMinute(run.startedAt)}</p>
<h1>${title}</h1>
<p class="facts">${loadFacts(run).join(' · ')}</p>
<p class="facts">${machineFacts(run).slice(0, -2).join(' · ')}</p>
</header>
${contents(run, names)}
<main id="main">
${verdictSection(run)}${comparedSection(run, drawings.run)}${omission(drawings.omitted)}
${run.cells.map((cell, index) => cellSection(cell, `cell-${names[index]}`, drawings.cells[index] ?? []))}
${comparisonSection(run)}${scenarioSection(run)}${thresholdsSection(run)}${warningsSection(run)}
${environmentSection(run)}${commandSection(run)}
</main>
<footer><p>Figures of a cell are medians over its valid trials; charts of one trial are of the one whose Jain index is the median.</p></footer>
<script type="application/json" id="charts">${optionsJson(all)}</script>
<script>${raw(pageScript)}</script>
</body>
</html>
`.text;
}

function titleOf({ cells, plan }: RunDescription): string {
  const names = [...new Set(cells.map(({ summary: { cell } }) => cell.policy))];
  const policies = names.length > 0 ? names : plan.policies;
  const what = plan.app ? plan.app.path : plan.workload;
  return plan.sides === null ? `${policies.join(', ')} · ${what}` : `Candidate against base · ${what}`;
}

function contents(
  { cells, comparisons, thresholds, warnings }: RunDescription,
  names: readonly string[],
): Markup {
  const links: [string, string][] = [
    ['verdict', 'Verdict'],
    ...(cells.length > 0 ? [['compared', 'Compared'] satisfies [string, string]] : []),
    ...cells.map(({ label }, index): [string, string] => [`cell-${names[index]}`, label]),
    ...(comparisons.length > 0 ? [['comparison', 'Comparison'] satisfies [string, string]] : []),
    ...(thresholds.length > 0 ? [['thresholds', 'Thresholds'] satisfies [string, string]] : []),
    ...(warnings.length > 0 ? [['warnings', 'Warnings'] satisfies [string, string]] : []),
    ['environment', 'Environment'],
    ['command', 'To repeat it'],
  ];
  return html`<nav aria-label="Sections"><ul>${links.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>`;
}

function omission(omitted: readonly string[]): Markup | '' {
  return omitted.length === 0
    ? ''
    : html`<p class="note">So many cells do not leave room for every chart. Left out: ${omitted.join(', ')}. A report of fewer policies has them.</p>`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
