/** A SEEK Pass-shaped server in a process of its own, so that its CPU is not counted as the client's. */
import { createServer } from 'node:http';

const delayMs = Number(process.argv[2] ?? 0);
const counts = { tokens: 0, calls: 0, statusCalls: 0, statusTimes: [] };

function answer(request, response, body) {
  const send = (status, value) => {
    const text = JSON.stringify(value);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  const path = request.url ?? '';
  if (path === '/counts') return send(200, counts);
  if (path.endsWith('/oauth/token.json')) {
    counts.tokens += 1;
    return send(200, {
      access_token: `bench-token-${counts.tokens}`,
      token_type: 'Bearer',
      expires_in: 3600,
    });
  }
  if (path.endsWith('/submissions/status.json')) {
    counts.statusCalls += 1;
    const credentials = JSON.parse(body).ids.map((id) => ({ id, status: 'incomplete', finalized_at: null }));
    return send(200, { credentials });
  }
  counts.calls += 1;
  const origin = `http://${request.headers.host}`;
  const client = 'sandbox-bench';
  send(201, {
    redirect_uri: `${origin}/partner/add/microcredential#clientId=${client}&documentType=none&content=c${counts.calls}`,
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.url?.endsWith('/submissions/status.json')) counts.statusTimes.push(Date.now());
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (delayMs > 0 && !request.url?.endsWith('token.json'))
      setTimeout(answer, delayMs, request, response, body);
    else answer(request, response, body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit(0));
