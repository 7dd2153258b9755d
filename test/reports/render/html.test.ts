import { createHash } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import { readRun } from '../../../harness/read-run.js';
import type { RunRecord } from '../../../harness/record.js';
import { describeRun } from '../../../reports/analysis/describe.js';
import { detailCell } from '../../../reports/analysis/detail/detail.js';
import { mergedCells } from '../../../reports/analysis/merged-cells.js';
import { acceptOrder } from '../../../reports/render/html/charts/accept-order.js';
import { chartsOf } from '../../../reports/render/html/drawings.js';
import { renderHtml } from '../../../reports/render/html/html.js';
import { palette } from '../../../reports/render/html/palette.js';
import { renderTerminal } from '../../../reports/render/terminal.js';
import { fixture } from '../../helpers/fixture.js';
import { alwaysWhere, thoroughly } from '../../helpers/thorough.js';
import { buildFullRun } from '../build-full-run.js';
import { buildRun, buildTrial } from '../build-run.js';

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&{b}${'\u001b'}[31m]]>`;
const kinds = [
  'slots',
  'accept-order',
  'share-over-time',
  'open-over-time',
  'transitions',
  'percentiles',
  'latency-by-slot',
  'latency-over-time',
  'cpu',
  'hand-off',
];

/** What is read of a page: no script, style, drawing, tag or entity. */
function words(page: string): string {
  return page
    .replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

/** Without printing a page where it fails. */
const has = (t: ExecutionContext, text: string, what: RegExp) => t.true(what.test(text), `lacks ${what}`);
const hasNot = (t: ExecutionContext, text: string, what: RegExp) =>
  t.is(what.exec(text)?.[0], undefined, `has ${what}`);

test('a run that has everything has every chart, each once, under the headings of the report', (t) => {
  const page = renderHtml(buildFullRun());
  const figures = [...page.matchAll(/<figure id="([^"]+)"/g)].map(([, name]) => name);
  t.deepEqual(figures, [
    'overview',
    ...['throughput', 'fairness', 'p99', 'cpu'].map((name) => `trials-${name}`),
    'compared-percentiles',
    ...kinds.map((kind) => `${kind}-rr-4`),
    ...kinds.map((kind) => `${kind}-shared-4`),
  ]);
  t.is(page.split('<svg').length - 1, figures.length);
  const headings = [...page.matchAll(/<h2 id="[^"]+">([^<]+)/g)].map(([, text]) => text?.trim());
  t.deepEqual(headings, [
    'Verdict',
    'Compared',
    'rr',
    'shared',
    'Against rr',
    'Thresholds',
    'Warnings',
    'Environment',
    'To repeat it',
  ]);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.is(new Set(ids).size, ids.length);
});

test('nothing is said on the console while charts are drawn', (t) => {
  const said: unknown[] = [];
  const kept = { log: console.log, warn: console.warn, error: console.error };
  for (const way of ['log', 'warn', 'error'] as const) console[way] = (...words) => said.push(words);
  try {
    for (const workers of [1, 4, 40]) chartsOf(buildFullRun({ workers: [workers] }));
  } finally {
    Object.assign(console, kept);
  }
  t.deepEqual(said, []);
});

test('it says what the terminal says', (t) => {
  const run = buildFullRun();
  const page = words(renderHtml(run)).toLowerCase();
  const sentences = renderTerminal(run, { columns: 100, color: false })
    .replace(/[─┊█▀▌▏▎▍▋▊▉]/g, ' ')
    .split('\n')
    .flatMap((line) => line.trim().split(/ {2,}| · /))
    .map((text) => text.replace(/^[!✓✗] /, ''))
    .filter((text) => text.length > 2 && !/[┤┼│╭╮╯╰]/.test(text));
  t.true(sentences.length > 80);
  const missing = sentences.filter((text) => !page.includes(text.toLowerCase()));
  t.deepEqual(
    missing.filter((text) => !onlyInTerminal.test(text)),
    [],
  );
});

/** Captions of bars and charts, an argument's quotes, and lines that are broken there. */
const onlyInTerminal = /^(\$ |share of|0 +|count|even share|└|requests$)/;

test('what came from outside is text wherever it stands', (t) => {
  const run = buildFullRun({ policies: [hostile, 'shared'], text: hostile });
  const page = renderHtml(run);
  t.is(page.split('<script').length - 1, 2);
  t.is(page.split('</script').length - 1, 2);
  hasNot(t, page, /<img/i);
  hasNot(t, page, / on\w+=(?!alert)/);
  t.false(page.includes('\u001b'));
  const options = /<script type="application\/json" id="charts">(.*)<\/script>/.exec(page)?.[1] ?? '';
  t.false(options.includes('<'));
  t.notThrows(() => JSON.parse(options));
  t.true(words(page).includes(`</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&{b}]]>`));
  for (const { name, svg } of chartsOf(run)) {
    t.regex(name, /^[a-z0-9-]+$/);
    hasNot(t, svg, /<script|<img/i);
  }
});

test('nothing of a page is elsewhere, and its policy lets nothing out or in', (t) => {
  const page = renderHtml(buildFullRun());
  const addresses = page.match(/(?:https?:)?\/\/[\w.-]+\.[a-z]{2,}[^"'\s]*/g) ?? [];
  t.deepEqual([...new Set(addresses.filter((address) => !address.includes('www.w3.org')))], []);
  hasNot(t, page, /<(?:link|img|iframe|object|embed|form)\b(?! rel="icon" href="data:,")/);
  hasNot(t, page, /@import|url\((?!#)/);
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  t.true(page.includes(`script-src 'sha256-${hash}'`));
  has(t, page, /default-src 'none'/);
});

thoroughly('no report is larger than 1.5 MB: what is left out is said', (t) => {
  const policies = Array.from({ length: 10 }, (_, index) => `policy-${index}`);
  const page = renderHtml(buildFullRun({ policies, workers: [4, 8, 12, 24, 32], runs: 20 }));
  t.true(Buffer.byteLength(page) <= 1.5e6, `${Buffer.byteLength(page)}`);
  t.true(page.includes('So many cells do not leave room for every chart. Left out: '));
  t.true(page.includes('<figure id="trials-throughput"'));
  t.true(page.includes('<figure id="slots-policy-9-32"'));
  t.false(renderHtml(buildFullRun()).includes('leave room'));
});

const kindsOfRun: Record<string, () => RunRecord | Promise<RunRecord>> = {
  'an older record': () => readRun(fixture('records/v1.json')),
  'no trial': () => buildRun([], { interrupted: true }),
  'no valid trial': () =>
    buildRun([buildTrial({}, { valid: false, error: { code: 'mechanism', message: 'not as promised' } })]),
  'one worker': () => buildRun([buildTrial({ policy: 'single', workers: 1, counts: [40], responseUs: [3] })]),
  'no connection': () => buildRun([buildTrial({ counts: [0, 0] })]),
  'one trial': () => buildFullRun({ runs: 1 }),
  'hundreds of workers': () => buildFullRun({ workers: [256], runs: 1 }),
  'two Nodes': () => buildRun(['22.1.0', '24.1.0'].map((node) => buildTrial({ node, responseUs: [1, 2] }))),
  'requests apart from connections': () =>
    buildRun([buildTrial({ workload: 'http', counts: [25, 25], requests: [900, 100] })]),
};

for (const [index, [kind, make]] of Object.entries(kindsOfRun).entries())
  alwaysWhere(index < 3)(`a run of ${kind} has a report, and no figure in it is broken`, async (t) => {
    const run = await make();
    const page = renderHtml(run);
    has(t, page, /<\/html>\n$/);
    hasNot(t, words(page), /NaN|undefined|Infinity|\[object/);
    for (const { svg } of chartsOf(run)) hasNot(t, svg, /NaN|undefined|Infinity/);
  });

test('each chart by itself is a whole SVG that says what it shows, in colours of its own', (t) => {
  const charts = chartsOf(buildFullRun());
  t.is(charts.length, 6 + 2 * kinds.length);
  t.is(new Set(charts.map(({ name }) => name)).size, charts.length);
  const slots = charts.find(({ name }) => name === 'slots-rr-4');
  t.deepEqual(slots?.title, 'rr: Connections by slot');
  has(t, slots?.svg ?? '', />rr: Connections by slot<tspan/);
  has(t, slots?.svg ?? '', />Shaded: in 95 % of fair random draws/);
  for (const { svg } of charts) {
    has(t, svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"[^>]*><title>/);
    t.false(svg.includes('var('));
  }
});

test('a chart by itself is dark where its reader prefers that: no colour of it is left out, or stands for two', (t) => {
  const [light, dark] = (['light', 'dark'] as const).map((scheme) => new Map(palette(scheme)));
  t.is(new Set(light?.values()).size, light?.size ?? 0);
  const chart = chartsOf(buildFullRun()).find(({ name }) => name === 'overview')?.svg ?? '';
  const [style = ''] = /<style>.*?<\/style>/.exec(chart) ?? [];
  has(t, style, /^<style>@media screen and \(prefers-color-scheme:dark\)\{/);
  const shown = new Set(
    [...chart.replace(style, '').matchAll(/(fill|stroke)="(#\w+)"/g)].map(([all]) => all),
  );
  t.true(shown.size > 8);
  for (const [name, color] of light ?? [])
    for (const what of ['fill', 'stroke'])
      if (shown.delete(`${what}="${color}"`))
        t.true(style.includes(`[${what}="${color}"]{${what}:${dark?.get(name)}}`), name);
  t.deepEqual([...shown], []);
});

test('with more slots than colours accepts stand at the height of their slot', (t) => {
  const stripOf = (workers: number) => {
    const run = buildFullRun({ workers: [workers], policies: ['rr'], runs: 1 });
    const [cell] = describeRun(run).cells;
    const [detail] = mergedCells(run).map((group) => detailCell(group, 'response'));
    const chart = cell && detail && acceptOrder.of({ run: describeRun(run), cell, detail });
    return { note: chart?.note ?? '', series: (chart?.option.series ?? []) as { data: number[][] }[] };
  };
  const eight = stripOf(8);
  t.is(eight.series.length, 8);
  t.regex(eight.note, /in lines of 64, each in the colour of its slot/);

  const twelve = stripOf(12);
  t.regex(twelve.note, /each at the height of its slot/);
  t.is(twelve.series.length, 1);
  // As build-full-run.ts deals them out.
  t.deepEqual(twelve.series[0]?.data.slice(0, 4), [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  t.is(Math.max(...(twelve.series[0]?.data.map(([, slot]) => slot ?? 0) ?? [])), 11);
});

test('the axis of Jain’s index ends at 1, and has a length where all trials are even', (t) => {
  const even = buildRun([1, 2].map((run) => buildTrial({ run, counts: [50, 50], responseUs: [1] })));
  const chart = chartsOf(even).find(({ name }) => name === 'trials-fairness')?.svg ?? '';
  const labels = [...chart.matchAll(/>(\d\.\d{4})</g)].map(([, label]) => label);
  t.deepEqual(labels, ['0.9990', '0.9995', '1.0000']);
});
