import test from 'ava';
import { markdown } from '../../../../reports/render/formats/markdown.js';
import { codeBlock, inline } from '../../../../reports/render/markdown/escape.js';
import { hostile, records } from '../../records.js';

const linesOf = async (what: keyof typeof records) => (await markdown.render(records[what])).split('\n');
/** Without what is escaped; in HTML nothing is. */
const bare = (line: string) => (line.startsWith('<') ? line : line.replace(/\\[!-/:-@[-`{-~]/g, ''));

test('text from outside is words and nothing else', (t) => {
  t.is(
    inline(hostile),
    '=1+1,"x" &lt;img src=x onerror=alert(1)&gt;\\|\\`a\\`\\|\\*\\*b\\*\\* \\[c\\](javascript:d) @\u2060someone \\#\u20601 https&#58;//e.example \\]\\]&gt; &amp;lt; &#36;f&#36; \\\\',
  );
  t.deepEqual(codeBlock('a ```` b\n```'), ['`````text', 'a ```` b ```', '`````']);
});

test('in a run of hostile names every row has its columns, and there is no HTML but our own', async (t) => {
  const lines = await linesOf('hostile names');
  const fenced = lines.findIndex((line) => line.startsWith('```'));
  const shown = lines.filter((_, index) => index <= fenced || index > fenced + 1).map(bare);
  const own = /<\/?(sub|details|summary|b)>/g;
  for (const line of shown) {
    t.notRegex(line.replace(own, ''), /[<>]/);
    if (!line.startsWith('<')) t.notRegex(line.replace(/\*\*[^*]*\*\*:/g, ''), /[*_[\]~]|(?<!^|`)`/);
  }
  let columns = 0;
  for (const line of shown) {
    const cells = line.startsWith('|') ? line.split('|').length : 0;
    if (columns > 0 && cells > 0) t.is(cells, columns, line);
    columns = cells;
  }
});

test('the verdicts come first, then the table, the environment last', async (t) => {
  const lines = await linesOf('two sides');
  t.regex(lines[0] ?? '', /^## base: connect, /);
  t.regex(lines[2] ?? '', /^- throughput is worse: 0\.80\d× the base’s \\\[/);
  const headings = lines.filter((line) => /^(#|<summary>)/.test(line));
  t.is(headings.indexOf('### Compared'), 1);
  t.is(headings.at(-1), '<summary>Environment</summary>');
});

test('a trial that is left out says why, and thresholds what was found', async (t) => {
  const invalid = await linesOf('no valid trial');
  t.true(invalid.includes('- ✗ **rr**: Trial 1 left out: expected reuseport'));
  const several = await linesOf('several cells');
  t.true(several.includes('| ✗ | p99&lt;2ms | rr: 900 µs · ✗ shared: 5.00 ms |'));
  t.true(several.includes('- ✗ 4 of 5 thresholds missed'));
});
