import { element } from './xml.js';

/** One thing that holds, or does not. */
export interface TestCase {
  name: string;
  seconds?: number;
  /** `error`: it could not be found out. */
  outcome?: { kind: 'failure' | 'error' | 'skipped'; type?: string; message: string; text?: string };
  /** For whoever looks. */
  output?: string;
}

export interface Suite {
  name: string;
  startedAt?: string;
  properties?: Record<string, string>;
  cases: TestCase[];
}

/** In the schema that Jenkins, GitLab and GitHub's actions read (jenkinsci/xunit-plugin, junit-10.xsd). Suites without cases are left out. */
export function junitOf(name: string, suites: readonly Suite[]): string {
  const shown = suites.filter(({ cases }) => cases.length > 0);
  const all = shown.flatMap(({ cases }) => cases);
  const { skipped: _, ...counts } = tally(all); // It has no place there.
  const root = element('testsuites', { name, ...counts }, shown.map(suiteElement));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.join('\n')}\n`;
}

function suiteElement({ name, startedAt, properties = {}, cases }: Suite): string[] {
  const named = Object.entries(properties).map(([name, value]) => element('property', { name, value }));
  return element(
    'testsuite',
    // Without a fraction or a zone: the schema's pattern has neither.
    { name, ...tally(cases), timestamp: startedAt?.slice(0, 19) },
    [
      ...(named.length > 0 ? [element('properties', {}, named)] : []),
      ...cases.map((one) => caseElement(name, one)),
    ],
  );
}

function caseElement(suite: string, { name, seconds, outcome, output }: TestCase): string[] {
  const attributes = { name, classname: suite, time: seconds?.toFixed(3) };
  return element('testcase', attributes, [
    ...(outcome
      ? [element(outcome.kind, { message: outcome.message, type: outcome.type }, outcome.text ?? [])]
      : []),
    ...(output === undefined ? [] : [element('system-out', {}, output)]),
  ]);
}

function tally(cases: readonly TestCase[]) {
  const count = (kind: NonNullable<TestCase['outcome']>['kind']) =>
    cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(3),
  };
}
