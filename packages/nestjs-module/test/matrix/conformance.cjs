/** What has to be so under every Nest, server, module format and parser. */
'use strict';

const { gzipSync } = require('node:zlib');
const { openApplication, parsers } = require('./application.cjs');
const { checkLifecycle } = require('./lifecycle.cjs');

const origin = 'https://portal.example.edu';
const secrets = { science: 'u8Zr2mQ9w1-of-science-Xk4', hr: 'p7Lc5nB3y6-of-hr-Vd0Tq9' };
const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu', subject: 'sis:104233' };
const credential = {
  credential_type: 'microcredential',
  fields: {
    full_name: recipient.fullName,
    issuer_name: 'Example University',
    microcredential_name: 'Underwater Welding, Level 2',
    issue_date: '2026-02-20',
  },
};
/** No JSON and no UTF-8: a receiver that was given these very bytes says so, any other one says that the signature is wrong. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

/** A body that no parser and printer would leave as it is, with every byte that UTF-8 and JSON allow. */
function strangeEvent(eventId) {
  const range = (from, to, at) => Array.from({ length: to - from + 1 }, (_, step) => at(from + step));
  const characters = [
    ...range(0x20, 0x7f, (byte) => byte),
    ...range(0x80, 0xbf, (last) => last),
    ...range(0xc2, 0xdf, (first) => (first - 0xc0) << 6),
    0x800,
    ...range(0xe1, 0xef, (first) => (first - 0xe0) << 12),
    0x1_0000,
    ...range(0xf1, 0xf4, (first) => (first - 0xf0) << 18),
  ];
  const note = String.fromCodePoint(...characters);
  const text = JSON.stringify({
    event_id: eventId,
    request_id: 'r-1',
    type: 'vwsp_request.verified',
    created_at: '2026-03-02T09:00:00Z',
    note,
  });
  return Buffer.from(`\r\n\t ${text.replaceAll('","', '" ,\r\n\t"')}\n`);
}

async function runConformance(libraries) {
  const seekPass = await libraries.testing.startTestSeekPass();
  const results = [];
  for (const server of Object.keys(libraries.adapters)) {
    for (const parser of Object.keys(parsers)) {
      const checks = [];
      const check = (name, got, wanted) => checks.push({ name, got, wanted });
      await checkOne({ ...libraries, seekPass, server, parser }, check).catch((error) =>
        check('runs to its end', String(error.stack), ''),
      );
      results.push({ server, parser, checks });
    }
  }
  await seekPass.close();
  return results;
}

async function checkOne({ seekPass, server, parser, sign, ...libraries }, check) {
  const refusals = [];
  const note = (line) => line?.event === 'webhook' && line.reason !== undefined && refusals.push(line.reason);
  const logger = { log: note, warn: note, error: note, debug: note };
  const registrations = Object.keys(secrets).map((name) => ({
    name,
    ...seekPass.options({
      logger,
      worker: false,
      brand: { name: `School of ${name}` },
      addFlow: { claimBaseUrl: `${origin}/${name}/claim` },
      claimPages: { proof: { linkAlone: 'sandbox' } },
      verifyFlow: { callbackBaseUrl: `${origin}/${name}/verify` },
      webhooks: { receiverUrl: `${origin}/${name}/webhooks`, secrets: secrets[name] },
    }),
  }));
  const opened = await openApplication(libraries, { server, parser, seekPass, registrations });
  try {
    const webhooks = { ...opened, seekPass, sign, refusals };
    await checkWebhooks({ ...webhooks, query: '' }, check);
    // With a query they are answered in Express and Fastify, and before these without one.
    await checkWebhooks({ ...webhooks, query: '?in=the-framework' }, (name, ...values) =>
      check(`${name} (in the framework)`, ...values),
    );
    await checkClaim(libraries, { ...opened, seekPass }, check);
    await checkOwn({ ...opened, server, parser }, check);
  } finally {
    await opened.app.close();
  }
  // Bodies are nothing to it.
  if (parser === 'the parsers of Nest') await checkLifecycle(libraries, { seekPass, server }, check);
  const client = opened.app.get(libraries.module.getSeekPassToken('science'), { strict: false });
  check(
    'the client is closed',
    await client.status('some-id').then(
      () => 'answers',
      () => 'closed',
    ),
    'closed',
  );
}

/** From the bytes that came to the handler of the application. */
async function checkWebhooks({ url, handled, runDue, seekPass, sign, refusals, query }, check) {
  const now = () => Math.floor(seekPass.clock.now() / 1_000);
  const post = async (path, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  const signed = (body, secret = secrets.science, timestamp = now()) => sign({ body, secret, timestamp });

  const event = strangeEvent(`event-1${query}`);
  // All but the control characters and the thirteen values that are never in UTF-8; with tab and line ends.
  check('bytes of the event', new Set(event).size, 256 - 32 - 13 + 3);
  check('an event is stored as it came', await post(`/science/webhooks${query}`, event, signed(event)), 204);
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream']) {
    check(
      `and comes again as ${type}`,
      await post(`/science/webhooks${query}`, event, { ...signed(event), 'content-type': type }),
      204,
    );
  }
  for (const at of [0, 40, event.length >> 1, event.length - 1]) {
    const tampered = Buffer.from(event);
    tampered[at] ^= 1;
    check(`byte ${at} changed`, await post(`/science/webhooks${query}`, tampered, signed(event)), 400);
  }
  refusals.length = 0;
  check('every byte, signed', await post(`/science/webhooks${query}`, everyByte, signed(everyByte)), 400);
  check('and that it is no event was the reason', refusals.splice(0), ['bad_payload']);
  check(
    'every byte, one changed',
    await post(`/science/webhooks${query}`, Buffer.from(everyByte).fill(1, 0, 1), signed(everyByte)),
    400,
  );
  check('and the signature was the reason', refusals.splice(0), ['bad_signature']);

  const zipped = gzipSync(event);
  check(
    'gzip',
    await post(`/science/webhooks${query}`, zipped, { ...signed(event), 'content-encoding': 'gzip' }),
    415,
  );
  check('no signature', await post(`/science/webhooks${query}`, event), 400);
  check(
    'a wrong signature',
    await post(`/science/webhooks${query}`, event, signed(event, 'k2Jd8Ws4Zq-of-nobody-Ht5Yb1')),
    400,
  );
  check(
    'signed 20 minutes ago',
    await post(`/science/webhooks${query}`, event, signed(event, secrets.science, now() - 1_200)),
    400,
  );
  check('65 KiB', await post(`/science/webhooks${query}`, Buffer.alloc(65 * 1_024, 32), {}), 413);
  check('PUT', (await fetch(`${url}/science/webhooks${query}`, { method: 'PUT' })).status, 405);
  check(
    "hr's signature at science",
    await post(`/science/webhooks${query}`, event, signed(event, secrets.hr)),
    400,
  );
  check("science's signature at hr", await post(`/hr/webhooks${query}`, event, signed(event)), 400);
  const other = strangeEvent(`event-2${query}`);
  check('hr stores its own', await post(`/hr/webhooks${query}`, other, signed(other, secrets.hr)), 204);
  await runDue();
  check('the handler ran once, for its own registration', handled.splice(0), [`event-1${query}`]);
}

/** From the mail over the form of a page to the flow. */
async function checkClaim({ module, testing }, { app, url, seekPass }, check) {
  for (const name of Object.keys(secrets)) {
    const page = await fetch(`${url}/${name}/claim/unknown`);
    const its = (await page.text()).includes(`School of ${name}`);
    check(`claim page of ${name}`, [page.status, its], [404, true]);
  }
  const flow = app.get(module.getAddFlowToken('science'), { strict: false });
  await flow.award({ key: 'award-1', recipient, credential }, { runId: 'run-1', who: 'staff-7' });
  await seekPass.runDue(app, 'science');
  const { pathname } = new URL(testing.claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  const opened = await fetch(url + pathname, { redirect: 'manual' });
  const start = opened.headers.get('location') ?? '';
  check(
    'the link leads to an address without its token',
    [opened.status, pathname.startsWith(`${new URL(start, origin).pathname}/`)],
    [303, true],
  );
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const page = await (await fetch(url + new URL(start, origin).pathname, { headers: { cookie } })).text();
  const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(page) ?? [];
  const fields = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1],
    /value="([^"]*)"/.exec(input)?.[1],
  ]);
  const send = async (origins) => {
    const answer = await fetch(url + new URL(action, origin).pathname, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: origins },
      body: new URLSearchParams(fields),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  check('its form, from elsewhere', await send('https://evil.example'), 403);
  check('its form reaches the flow', await send(origin), 303);
}

/** What the application does itself, as it would without us. */
async function checkOwn({ url, parser, server }, check) {
  const word = { 'x-word': 'open', 'content-type': 'application/json' };
  const order = async (body) => {
    const answer = await fetch(`${url}/api/orders`, { method: 'POST', headers: word, body });
    return [answer.status, await answer.json()];
  };
  const unread = parser === 'no parser' && server === 'Express';
  // With Express's parser in Fastify nothing is left for Fastify's own: such an application answers no POST, with or without us.
  if (parser !== 'app.use(json())' || server !== 'Fastify') {
    check('JSON of the application', await order('{"one":1}'), [200, unread ? {} : { got: { one: 1 } }]);
  }
  if (parser === 'limits of its own')
    check('its limit', (await order(JSON.stringify('x'.repeat(2_000))))[0], 413);
  check('its guard', (await fetch(`${url}/api/own`)).status, 403);
  const own = await fetch(`${url}/api/own`, { headers: { ...word, origin: 'https://app.example.edu' } });
  check('its CORS', [own.status, own.headers.get('access-control-allow-origin')], [200, '*']);
  const missing = await fetch(`${url}/api/elsewhere`, { headers: word });
  check('its 404', [missing.status, (await missing.json()).message], [404, 'Cannot GET /api/elsewhere']);
}

module.exports = { runConformance };
