/** What orders.mjs drives: any server will do. */
import { createServer } from 'node:http';

let orders = 0;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const { item, quantity } = JSON.parse(text);
  orders += 1;
  response.statusCode = 201;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ order: orders, item, quantity }));
});

server.listen(0, '127.0.0.1');
