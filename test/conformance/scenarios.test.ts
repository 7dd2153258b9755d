/** What clients suffer when something is done to a worker: shared/rr as Node has them, and our own cluster beside. */
import test, { type ExecutionContext } from 'ava';
import { policies } from '../../harness/policies/index.js';
import type { ScenarioRecord, Suffered, TrialRecord } from '../../harness/record.js';
import { scenarios } from '../../harness/scenarios/index.js';
import { thorough } from '../helpers/thorough.js';
import { runOne, sum } from '../helpers/trials.js';

const burst = 30;
const unharmed = { stuck: 0, reset: 0, refused: 0, hung: 0, closed: 0 };

type Measured = TrialRecord & { scenario: ScenarioRecord };

/** Three workers and hardly any load, so that what is seen are the clients of the burst. */
async function runScenario(t: ExecutionContext, policy: string, scenario: string): Promise<Measured> {
  const trial = await runOne(t, {
    policies: [policy],
    scenario,
    workers: [3],
    connections: burst,
    requests: null,
    durationSeconds: 1.6,
    rate: 4,
    driver: 'raw',
    timeoutSeconds: 2,
  });
  // Whether a client can keep to its times beside a storm of refusals is the machine's affair.
  if (trial.error?.code !== 'send-lag') t.is(trial.error, undefined);
  t.is(trial.cell.scenario, scenario);
  if (!trial.conservation.holds)
    t.log(trial.conservation, trial.client, trial.scenario, trial.error, trial.workers);
  t.true(trial.conservation.holds);
  const { scenario: found } = trial;
  if (found === undefined) throw new Error('no scenario in the record');
  t.like(found, { name: scenario, burst });
  t.true(found.atSeconds > 0 && found.atSeconds < 1.6);
  return { ...trial, scenario: found };
}

/** In whole numbers of clients; how long they waited is the machine's affair. */
const suffered = ({ stuck, reset, refused, hung, closed }: Suffered) => ({
  stuck,
  reset,
  refused,
  hung,
  closed,
});

/** One of the load that comes just before the burst may be the one whom it hits. */
function sufferedByAll({ background, ...burst }: ScenarioRecord) {
  const [one, other] = [suffered(burst), suffered(background)];
  return {
    stuck: one.stuck + other.stuck,
    reset: one.reset + other.reset,
    refused: one.refused + other.refused,
    hung: one.hung + other.hung,
    closed: one.closed + other.closed,
  };
}

test.serial(
  'block: round robin has one client stuck, a shared socket none, strict order a third',
  async (t) => {
    const rr = await runScenario(t, 'rr', 'block');
    t.deepEqual(sufferedByAll(rr.scenario), { ...unharmed, stuck: 1 });
    t.is(rr.scenario.slot, 0);
    t.is(rr.conservation.unattributed, 0);

    if (!thorough) return;
    const shared = await runScenario(t, 'shared', 'block');
    t.deepEqual(suffered(shared.scenario), unharmed);

    const strict = await runScenario(t, 'strict', 'block');
    // A client of the load that comes between them shifts the turns by one.
    const { stuck } = suffered(strict.scenario);
    t.true(Math.abs(stuck - burst / 3) <= 1, `${stuck}`);
    t.deepEqual(suffered(strict.scenario), { ...unharmed, stuck });
  },
);

test.serial('kill: round robin lets one client hang, a shared socket and our cluster none', async (t) => {
  const rr = await runScenario(t, 'rr', 'kill');
  t.deepEqual(sufferedByAll(rr.scenario), { ...unharmed, hung: 1 });
  // And at most one that the worker took after its last flush.
  t.true([1, 2].includes(rr.conservation.unattributed));
  t.deepEqual(
    rr.workers.map(({ slot, exit }) => [slot, exit?.signal]),
    [
      [0, 'SIGKILL'],
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ],
  );

  for (const policy of some.filter((name) => name !== 'rr'))
    t.deepEqual(suffered((await runScenario(t, policy, 'kill')).scenario), unharmed, policy);
});

test.serial(
  'max-connections: Node’s primary is refused in a storm, ours hardly, and a shared socket turns all away',
  async (t) => {
    const rr = await runScenario(t, 'rr', 'max-connections');
    t.deepEqual(suffered(rr.scenario), { ...unharmed, stuck: burst });
    t.is(rr.scenario.slot, null);
    t.true((rr.handOff?.refusals ?? 0) > 1000);

    const strict = await runScenario(t, 'strict', 'max-connections');
    t.deepEqual(suffered(strict.scenario), { ...unharmed, stuck: burst });
    // What is on its way when it is heard of.
    t.true((strict.handOff?.refusals ?? 0) <= 2 * burst);

    if (!thorough) return;
    const shared = await runScenario(t, 'shared', 'max-connections');
    t.is(shared.scenario.closed + shared.scenario.reset, burst);
  },
);

/** The others are much alike; CI tests all. */
const some = thorough ? ['rr', 'shared', 'strict'] : ['rr'];

for (const policy of some)
  test.serial(`disconnect and reload under ${policy}: nobody is turned away`, async (t) => {
    const left = await runScenario(t, policy, 'disconnect');
    t.deepEqual({ ...suffered(left.scenario), stuck: 0 }, unharmed);
    t.like(
      left.workers.find(({ exit }) => exit !== undefined),
      { slot: 0, exit: { code: 0, signal: null } },
    );

    const reloaded = await runScenario(t, policy, 'reload');
    t.deepEqual({ ...suffered(reloaded.scenario), stuck: 0 }, unharmed);
    t.deepEqual(
      reloaded.workers.map(({ slot, exit }) => [slot, exit?.code]),
      [0, 1, 2].flatMap((slot) => [
        [slot, 0],
        [slot, undefined],
      ]),
    );
  });

for (const policy of some.filter((name) => name !== 'shared'))
  test.serial(`slow-start under ${policy}: the late worker has its share once it is there`, async (t) => {
    const { scenario, workers, timeline } = await runScenario(t, policy, 'slow-start');

    t.deepEqual({ ...suffered(scenario), stuck: 0 }, unharmed);
    t.is(scenario.slot, 2);
    t.deepEqual(
      workers.map(({ slot }) => slot),
      [0, 1, 2],
    );
    t.is(sum(timeline.connections[2]?.slice(0, Math.floor(scenario.atSeconds * 10)) ?? []), 0);
  });

test('a scenario that a policy cannot have is refused with why', (t) => {
  const refused = (name: string) =>
    policies.flatMap((policy) =>
      scenarios.some((scenario) => scenario.name === name && scenario.unsupported(policy))
        ? [policy.name]
        : [],
    );
  const proxies = policies.filter(({ mechanism }) => mechanism === 'proxy').map(({ name }) => name);

  t.deepEqual(refused('block'), []);
  t.deepEqual(refused('max-connections'), []);
  t.deepEqual(refused('kill'), ['single', 'handle']);
  t.deepEqual(refused('disconnect'), ['single', ...proxies]);
  t.deepEqual(refused('reload'), ['single', 'handle', ...proxies]);
  t.deepEqual(refused('slow-start'), ['single', 'handle', ...proxies]);
});
