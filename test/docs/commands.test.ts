import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { helpText } from '../../cli/help.js';
import { known } from '../../cli/known.js';
import { parse } from '../../cli/parse.js';
import { verbs } from '../../cli/verbs.js';
import { blocksOf, pages, proseOf } from '../helpers/pages.js';
import { temporaryFolder } from '../helpers/temporary.js';

/** The arguments of each call of bench in the page's shell blocks. */
function commandsOf(page: string): string[][] {
  return blocksOf(page, 'sh')
    .flatMap((block) => block.split(/\n|&&/))
    .map((line) => line.trim())
    .filter((line) => line.startsWith('npx bench'))
    .map((line) => line.replace(/^npx bench ?| +(#|>).*$/g, ''))
    .map((line) => [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
}

/** What a page names it shows. */
async function withConfig(t: ExecutionContext, page: string, words: string[]): Promise<string[]> {
  const at = words.indexOf('--config') + 1;
  if (at === 0) return words;
  const file = path.join(await temporaryFolder(t), 'bench.json');
  await writeFile(file, blocksOf(page, 'json')[0] ?? '');
  return words.with(at, file);
}

for (const page of pages.filter((each) => commandsOf(each).length > 0))
  test(`bench understands every command of ${page}`, async (t) => {
    for (const words of commandsOf(page))
      await t.notThrowsAsync(async () => parse(await withConfig(t, page, words), known), words.join(' '));
  });

/** What code may say before a flag that is not of bench. */
const others = /\b(git|npm|NODE_OPTIONS)\b|--your/;

test('every flag that a page speaks of is in the help', (t) => {
  const plain = { columns: 100, color: false };
  const helps = [undefined, ...verbs].map((verb) => helpText(known, { verb, brief: false }, plain));
  const help = new Set(helps.join('\n').match(/--[a-z][a-z-]*/g));
  for (const page of pages) {
    const codes = [...proseOf(page).matchAll(/`[^`\n]*`/g)].map(([code]) => code);
    const named = codes
      .filter((code) => !others.test(code))
      .flatMap((code) => code.match(/--[a-z][a-z-]*/g) ?? []);
    const unknown = named.filter((flag) => !help.has(flag));
    t.deepEqual(unknown, [], page);
  }
});
