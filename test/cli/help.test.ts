import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test from 'ava';
import { helpText } from '../../cli/help.js';
import { known as realKnown } from '../../cli/known.js';
import { lists, listText } from '../../cli/list.js';
import { type FlagName, flagNamed } from '../../cli/options.js';
import { parse } from '../../cli/parse.js';
import { verbs } from '../../cli/verbs.js';
import { known } from './known.js';

const plain = { columns: 80, color: false };
const everything = { brief: false };

/** Of bench and of every verb, short and long. */
const requests = [undefined, ...verbs].flatMap((verb) => [true, false].map((brief) => ({ verb, brief })));

/** How help writes a flag. */
function written(name: FlagName): string {
  const { alias, value, negated } = flagNamed(name);
  const short = alias === undefined ? '' : `-${alias}, `;
  return `${short}--${negated ? 'no-' : ''}${name}${value === undefined ? '' : ` <${value}>`}`;
}

test('help fits a terminal of 60 columns and more, and is at most 100 wide', (t) => {
  for (const request of requests)
    for (const columns of [60, 80, 99, 200])
      for (const line of helpText(realKnown, request, { columns, color: false }).split('\n'))
        t.true(line.length <= Math.min(columns, 100), line);
});

test('help of a verb has every flag that it takes, with its default, and no other', (t) => {
  for (const verb of verbs) {
    const text = helpText(known, { verb, brief: false }, plain).replace(/\s+/g, ' ');
    for (const name of verb.flags) {
      const { description, default: fallback } = { ...flagNamed(name), ...flagNamed(name).of?.[verb.name] };
      const end = fallback === undefined ? '' : ` [${fallback}]`;
      t.true(text.includes(`${written(name)} ${description}${end}`), `${verb.name}: ${name}`);
    }
    const flags = text.match(/--[a-z-]+ </g) ?? [];
    for (const flag of flags)
      t.true(verb.flags.includes(flag.slice(2, -2) as FlagName), `${verb.name}: ${flag}`);
  }
});

test('help of bench has what can be done, what a run takes and what can be named', (t) => {
  const text = helpText(known, everything, plain).replace(/\s+/g, ' ');

  for (const { name, operands, summary } of verbs)
    t.true(text.includes(`${name} ${operands} ${summary}`.replace('  ', ' ')), name);
  for (const name of verbs[0]?.flags ?? []) t.true(text.includes(written(name)), name);
  t.true(text.includes('policies single, rr, shared, reuseport, weighted workloads connect, echo, http'));
});

test('short help has the flags that are used most, examples, and where there is more', (t) => {
  const text = helpText(known, { brief: true }, plain);

  t.regex(text, /--policy <list>/);
  t.notRegex(text, /--pipelining/);
  t.regex(text, /^Examples:$/m);
  t.regex(text, /bench --help has every option/);
  t.true(text.split('\n').length < 60);
});

test('every example in help is understood', async (t) => {
  for (const request of requests) {
    const [, examples = ''] = helpText(known, request, { columns: 100, color: false }).split('Examples:\n');
    const lines = examples.split('\n').flatMap((line) => /^ {2}bench (\S.*?)( {2}|$)/.exec(line)?.[1] ?? []);
    t.not(lines.length, 0, request.verb?.name);
    for (const line of lines) {
      const words = line
        .replace(/ >> .*/, '')
        .split(' ')
        .map((word) => word.replaceAll("'", ''));
      await t.notThrowsAsync(parse(words, realKnown), line);
    }
  }
});

test('titles are bold where there is colour', (t) => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  t.true(helpText(known, everything, { columns: 80, color: true }).includes(bold('Examples:')));
  t.false(helpText(known, everything, plain).includes('\u001b'));
});

test('a section of help reads like this', (t) => {
  t.true(
    helpText(known, everything, plain).includes(
      [
        'What to compare:',
        '  -p, --policy <list>         how connections reach the workers; ./my-policy.js',
        '                              is your own [rr,shared]',
        '  -w, --workers <list>        numbers of workers [one per available CPU]',
      ].join('\n'),
    ),
  );
});

test('list has a line for each, the name first; on a terminal long ones go on below', (t) => {
  t.is(
    listText('formats', known),
    'markdown  for comments\ncsv       for spreadsheets\nhtml      for browsers\n',
  );
  t.is(
    listText('workloads', known, 40),
    [
      'connect     connection churn',
      'echo        messages sent back',
      'http        HTTP with keep-alive',
      'http-close  HTTP with a connection per',
      '            request',
      '',
    ].join('\n'),
  );
  for (const line of lists.flatMap((name) => listText(name, realKnown, 80).split('\n')))
    t.true(line.length <= 80, line);
});

test('list without a name has the lists themselves', (t) => {
  t.deepEqual(
    listText(undefined, known)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
    lists,
  );
});

const listLoads = `data:text/javascript,
  export async function load(url, context, next) { process._rawDebug(url); return next(url, context); }`;

for (const line of ['--help', '--version', 'list formats', 'run -w 2 --json'])
  test(`bench ${line} is understood without any library that a run needs`, async (t) => {
    const script = `
      import { register } from 'node:module';
      register(${JSON.stringify(listLoads)});
      const { parse } = await import(${JSON.stringify(new URL('../../cli/parse.js', import.meta.url).href)});
      await parse(${JSON.stringify(line.split(' '))}, ${JSON.stringify(known)});`;
    const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);

    t.regex(stderr, /cli\/parse\.js/);
    t.notRegex(stderr, /node_modules\/(zod|yargs|hdr-histogram-js|autocannon|log-update)\//);
  });
