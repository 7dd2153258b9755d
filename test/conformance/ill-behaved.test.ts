/** Whatever a server does, every connection that the client had is somebody's, and every request has come to an end. */
import { drivers } from '../../harness/drivers/index.js';
import { firstOf } from '../helpers/thorough.js';
import { appNamed, runOne } from '../helpers/trials.js';

const http = drivers.map(({ name }) => name).filter((name) => name !== 'udp');

for (const driver of http)
  for (const what of ['resets', 'slams', 'half-closes', 'garbage', 'never', 'early', 'full']) {
    const title = `${driver}: a server that ${what}`;
    firstOf(http.indexOf(driver))(title, async (t) => {
      const { client, conservation, warnings, latency } = await runOne(t, {
        ...appNamed('ill-behaved.cjs', what),
        protocol: 'http',
        driver,
        policies: ['shared'],
        connections: 8,
        timeoutSeconds: 1,
      });

      // Whom the server turns away the client has had, for a moment, and the probe has seen it go.
      const dropped = warnings.find(({ code }) => code === 'dropped')?.connections ?? 0;
      t.is(conservation.opened, conservation.attributed + Number(dropped));
      t.is(Number(dropped) > 0, what === 'full');
      t.is(conservation.opened, client.opened);
      t.is(client.requestsSent, client.requestsCompleted + client.requestsFailed);
      t.is(latency.response?.count, client.requestsCompleted);
      const answers = Object.values(client.status).reduce((sum, count) => sum + count, 0);
      t.is(answers, client.requestsCompleted);
    });
  }
