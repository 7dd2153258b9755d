/** A server like yours: it knows nothing of clusters, or of bench. Some requests cost it more than others. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const rounds = request.url === '/report' ? 200 : 5;
  let digest = 'cluster-bench';
  for (let round = 0; round < rounds; round += 1) digest = createHash('sha256').update(digest).digest('hex');
  response.setHeader('content-type', 'text/plain');
  response.end(`${digest}\n`);
});

server.listen(3000, '127.0.0.1');
