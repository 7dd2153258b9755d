import test from 'ava';
import { hgrm } from '../../../../reports/render/formats/hgrm.js';
import { buildRun, buildTrial } from '../../build-run.js';

test('trials are merged, and the text is that of HdrHistogram’s own tools, in ms', async (t) => {
  const trial = (run: number, responseUs: number[], valid = true) =>
    buildTrial({ run, responseUs }, { valid });
  const run = buildRun([trial(1, [1000, 2000]), trial(2, [3000, 4000]), trial(3, [900_000], false)]);

  t.deepEqual(await hgrm.renderParts(run), [
    {
      name: 'rr.response',
      // As Java's HdrHistogram 2.1 has it: %12.3f %2.12f %10d %14.2f; then %12.3f and %12d.
      text: `       Value     Percentile TotalCount 1/(1-Percentile)

       1.000 0.000000000000          1           1.00
       1.000 0.100000000000          1           1.11
       1.000 0.200000000000          1           1.25
       2.000 0.300000000000          2           1.43
       2.000 0.400000000000          2           1.67
       2.000 0.500000000000          2           2.00
       3.001 0.550000000000          3           2.22
       3.001 0.600000000000          3           2.50
       3.001 0.650000000000          3           2.86
       3.001 0.700000000000          3           3.33
       3.001 0.750000000000          3           4.00
       4.001 0.775000000000          4           4.44
       4.001 1.000000000000          4
#[Mean    =        2.501, StdDeviation   =        1.118]
#[Max     =        4.001, Total count    =            4]
#[Buckets =            2, SubBuckets     =         2048]
`,
    },
  ]);
});

test('service and response of an open loop are files of their own', async (t) => {
  const trial = buildTrial({ responseUs: [2000] });
  const { response } = trial.latency;
  const run = buildRun([{ ...trial, latency: { response, service: response } }]);
  t.deepEqual(
    (await hgrm.renderParts(run)).map(({ name }) => name),
    ['rr.response', 'rr.service'],
  );
});
