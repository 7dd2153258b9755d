import type { CellDescription, Failure } from '../../../analysis/describe.js';
import { cellNote, cellPhrases, failureSentence, latenciesOf } from '../../cell.js';
import { microseconds } from '../../format.js';
import { plain, truncate } from '../../text.js';
import { uncoloured } from '../../uncoloured.js';
import type { Drawing } from '../drawings.js';
import { figure } from '../figure.js';
import { html, type Markup } from '../markup.js';
import { plainTable } from '../table.js';
import { section } from './section.js';

/** Of what a server may have said any amount. */
const longestText = 2000;
const mostFailures = 12;

/** One cell: its figures in the words of the terminal, then its charts. */
export function cellSection(cell: CellDescription, id: string, drawings: readonly Drawing[]): Markup {
  const { summary, failures } = cell;
  const shown = failures.slice(0, mostFailures);
  return section(id, cell.label, cellNote(cell), [
    summary.validTrials > 0 && figures(cell),
    shown.map((failure) => failed(failure, cell)),
    failures.length > shown.length &&
      html`<p class="bad">… and ${failures.length - shown.length} other reasons.</p>`,
    html`<div class="charts">${drawings.map(figure)}</div>`,
  ]);
}

function figures({ summary }: CellDescription): Markup {
  const rows = latenciesOf(summary).map(({ name, latency: { p50, p90, p99, p99_9, max } }) => [
    name,
    ...[p50, p90, p99, p99_9, max].map(microseconds),
  ]);
  return html`<dl>${cellPhrases(summary, uncoloured)
    .filter(([, said]) => said.length > 0)
    .map(([name, said]) => html`<dt>${name}</dt><dd>${said.join(' · ')}</dd>`)}</dl>
${rows.length > 0 && plainTable('latency', { head: ['latency', 'p50', 'p90', 'p99', 'p99.9', 'max'], rows })}`;
}

function failed(failure: Failure, cell: CellDescription): Markup {
  const { lastWords } = failure;
  const said = lastWords.map((line) => truncate(plain(line), longestText / 10)).join('\n');
  return html`<p class="bad">✗ ${truncate(failureSentence(failure, cell.summary), longestText)}</p>
${lastWords.length > 0 && html`<pre tabindex="0" aria-label="what the server said last">${lines(said)}</pre>`}`;
}

/** Each line by itself: text loses its line breaks where it is escaped. */
function lines(text: string): Markup[] {
  return text.split('\n').map(
    (line) => html`${line}
`,
  );
}
