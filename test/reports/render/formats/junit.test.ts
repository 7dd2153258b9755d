import test from 'ava';
import { junit } from '../../../../reports/render/formats/junit.js';
import { records } from '../../records.js';

/** Throws unless it is well-formed. Elements as `path name="…"`, in order. */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  const tokens = /<\?xml[^<>]*\?>|<(\/?)([\w-]+)((?: [\w-]+="[^"<>]*")*)(\/?)>|([^<>]+)/y;
  while (tokens.lastIndex < xml.length) {
    const [token, closes, name = '', attributes, isEmpty, text] = tokens.exec(xml) ?? [];
    if (token === undefined) throw new Error(`not well-formed before ${tokens.lastIndex}`);
    if (/&(?!(amp|lt|gt|quot);)|[^\P{Cc}\n]/u.test(`${attributes}${text}`))
      throw new Error(`escape ${token}`);
    if (closes && open.pop() !== name) throw new Error(`${token} closes another`);
    if (name && !closes) found.push([...open, name].join('/') + attributes);
    if (name && !closes && !isEmpty) open.push(name);
  }
  if (open.length > 0) throw new Error(`open: ${open}`);
  return found;
}

const casesOf = async (what: keyof typeof records) =>
  elementsOf(await junit.render(records[what])).map((element) =>
    element.replace('testsuites/testsuite/', ''),
  );

for (const what of Object.keys(records) as (keyof typeof records)[])
  test(`a run of ${what} is well-formed, and its suites count their cases`, async (t) => {
    const xml = await junit.render(records[what]);
    const elements = elementsOf(xml);
    const [, suites] = /^testsuites .*tests="(\d+)"/.exec(elements[0] ?? '') ?? [];
    t.is(
      elements.filter((element) => /^testsuites\/testsuite\/testcase /.test(element)).length,
      Number(suites),
    );
  });

test('an invalid trial is an error, a missed threshold a failure, and one without a cell too', async (t) => {
  const invalid = await casesOf('no valid trial');
  t.true(invalid.includes('testcase/error message="expected reuseport" type="mechanism"'));
  const missed = await casesOf('several cells');
  const failures = missed.filter((element) => element.startsWith('testcase/failure'));
  t.deepEqual(failures, [
    'testcase/failure message="service.p99&lt;9s: no value" type="threshold"',
    'testcase/failure message="p99&lt;2ms: 5.00 ms" type="threshold"',
    'testcase/failure message="fairness.connections.jain&gt;=floor: 0.4808 (floor 0.9922)" type="threshold"',
    'testcase/failure message="service.p99&lt;9s: no value" type="threshold"',
    'testcase/failure message="handle:errors==0: no value" type="threshold"',
  ]);
});

test('a candidate that is worse fails, and policies beside each other do not', async (t) => {
  const judged = await casesOf('two sides');
  t.true(
    judged.some((element) =>
      /^testcase\/failure message="throughput is worse: 0\.80\d× the base’s /.test(element),
    ),
  );
  const compared = await casesOf('several cells');
  t.true(compared.some((element) => /testcase name="throughput against rr"/.test(element)));
});
