import { type Session, simulateSession } from '../reports/simulate-session.js';

const sessions = 1000;
const usual = { fewest: 12, most: 60 };
const settings: [title: string, session: Session][] = [
  ...[0.02, 0.05, 0.1].flatMap((sd) =>
    [0, 0.2].map((drift): [string, Session] => [
      `A/A, sd ${sd * 100} %, drift ${drift * 100} %`,
      { sd, drift, ...usual },
    ]),
  ),
  ...[0.05, 0.1, 0.2].map((effect): [string, Session] => [
    `A/B, +${effect * 100} %, sd 5 %`,
    { sd: 0.05, effect: Math.log(1 + effect), ...usual },
  ]),
];

/** What simulated sessions of `bench ab` come to: how often it errs, what it finds, and how many pairs it takes. */
export async function verdicts(): Promise<void> {
  for (const [title, session] of settings) {
    const counts = { worse: 0, better: 0, same: 0, inconclusive: 0 };
    let pairs = 0;
    for (let seed = 1; seed <= sessions; seed += 1) {
      const { metrics, trials } = simulateSession(seed, session);
      const deciding = metrics.filter(({ gates }) => gates).map(({ verdict }) => verdict);
      const strongest = (['worse', 'better', 'inconclusive', 'same'] as const).find((each) =>
        deciding.includes(each),
      );
      counts[strongest ?? 'inconclusive'] += 1;
      pairs += trials.base;
    }
    const shown = Object.entries(counts).map(([verdict, count]) => `${verdict} ${count}`);
    console.log(
      `  ${title}: ${shown.join(', ')} of ${sessions}; ${(pairs / sessions).toFixed(1)} pairs on average`,
    );
  }
}
