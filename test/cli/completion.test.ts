import test from 'ava';
import { parse } from '../../cli/parse.js';
import { known } from './known.js';

async function scriptOf(...argv: string[]): Promise<string> {
  const command = await parse(argv, known);
  return command.verb === 'completion' ? command.script : `no completion but ${command.verb}`;
}

const complete = (...words: string[]) => scriptOf('--get-yargs-completions', 'bench', ...words);

// yargs chooses the kind of shell by these.
test.before(() => {
  process.env.SHELL = '/bin/bash';
  delete process.env.ZSH_NAME;
});

test('completion prints a script that asks bench for what can follow', async (t) => {
  const script = await scriptOf('completion');

  t.regex(script, /bench --get-yargs-completions/);
  t.regex(script, /^complete .* bench$/m);
  t.true(script.endsWith('###\n'));
});

test('verbs are completed', async (t) => {
  t.is(await complete(''), 'run\nab\ncompare\nreport\nhistory\ninspect\ndoctor\nlist\ncompletion\n');
});

test('what can be listed, and what there is help for, is completed', async (t) => {
  t.is(await complete('help', 're'), 'report\n');
  t.is(await complete('list', ''), 'policies\nschedulers\nworkloads\nscenarios\ndrivers\nformats\n');
});

test('flags are completed by their long names, and the switch for colour by the name that does something', async (t) => {
  const flags = (await complete('--')).split('\n');

  t.true(flags.includes('--policy'));
  t.true(flags.includes('--no-color'));
  t.false(flags.includes('--color'));
  t.false(flags.includes('--p'));
});

test('names of policies and workloads are completed, and none is refused while it is typed', async (t) => {
  t.is(await complete('--policy', ''), 'single\nrr\nshared\nreuseport\nweighted\n');
  t.is(await complete('--workload', 'ht'), 'http\nhttp-close\n');
  t.is(await complete('--driver', ''), 'autocannon\nraw\n');
  t.is(await complete('--format', ''), 'markdown\ncsv\nhtml\n');
  t.is(await complete('-p', 's'), 'single\nshared\n');
  t.is(await complete('-p', 'rr,s'), 'rr,single\nrr,shared\n');
  t.notRegex(await complete('--policy', 'banana', '--wor'), /banana/);
});

test('names with a colon are completed in bash, which takes them for several words', async (t) => {
  const policies = [
    ...known.policies,
    { name: 'proxy:least', summary: '' },
    { name: 'proxy:ip', summary: '' },
  ];
  const after = async (...words: string[]) => {
    const argv = ['--get-yargs-completions', 'bench', ...words];
    const command = await parse(argv, { ...known, policies });
    return command.verb === 'completion' && command.script;
  };
  t.is(await after('--policy', 'prox'), 'proxy:least\nproxy:ip\n');
  t.is(await after('--policy', 'proxy', ':', 'i'), 'ip\n');
  t.is(await after('--policy', 'proxy', ':'), 'least\nip\n');
  t.is(await after('--policy', '=', 'sh'), 'shared\n');
  t.is(await after('--driver', '='), 'autocannon\nraw\n');
});

test('where a file is due nothing is offered, so that the shell completes it', async (t) => {
  for (const words of [
    ['report', ''],
    ['compare', 'main.json', ''],
    ['history', 'b'],
    ['-o', ''],
    ['ab', '--base', ''],
  ])
    t.is(await complete(...words), '', words.join(' '));
});

test('a verb has its own flags', async (t) => {
  t.is(await complete('doctor', '--'), '--json\n--quiet\n--no-color\n');
  t.regex(await complete('ab', '--base'), /^--base-node$/m);
  t.notRegex(await complete('--'), /^--base/m);
});
