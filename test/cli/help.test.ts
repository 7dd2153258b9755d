import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test from 'ava';
import { helpText } from '../../cli/help.js';
import { known as realKnown } from '../../cli/known.js';
import { flagNamed, flagNames } from '../../cli/options.js';
import { known } from './known.js';

test('help is at most 80 columns wide, with the real policies and workloads too', (t) => {
  for (const text of [helpText(known), helpText(realKnown)])
    for (const line of text.split('\n')) t.true(line.length <= 80, line);
});

test('help has every flag with its short form and its default, every policy and every workload', (t) => {
  const text = helpText(known).replace(/\s+/g, ' ');
  for (const name of flagNames) {
    const { alias, value, negated, description, default: fallback } = flagNamed(name);
    const short = alias === undefined ? '' : `-${alias}, `;
    const long = `--${negated ? 'no-' : ''}${name}${value === undefined ? '' : ` <${value}>`}`;
    const end = fallback === undefined ? '' : ` [${fallback}]`;
    t.true(text.includes(`${short}${long} ${description}${end}`), name);
  }
  for (const { name, summary } of [...known.policies, ...known.workloads])
    t.true(text.includes(`${name} ${summary}`), name);
});

test('a section of help reads like this', (t) => {
  t.true(
    helpText(known).includes(
      [
        'Policies:',
        '  single             one process',
        '  rr                 the primary hands out connections',
        '  shared             the workers race to accept',
        '  reuseport          the kernel spreads connections over their sockets',
        '  weighted           in turn, as often as --weights says',
        '',
        'Workloads:',
        '  connect            connection churn',
      ].join('\n'),
    ),
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
