import { describe, expect, test } from 'vitest';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { send } from './http-probe.ts';
import { mountedHosts } from './mounted-hosts.ts';

const origin = 'https://credentials.example.edu';
const token = 'q'.repeat(43);

/** Says what arrived, with two cookies. */
const echo: WebHandler = async (request, { remoteAddress }) => {
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.append('set-cookie', '__Host-a=1; Path=/; Secure');
  headers.append('set-cookie', '__Host-b=2; Path=/; Secure');
  const said = { url: request.url, method: request.method, body: await request.text(), remoteAddress };
  return new Response(JSON.stringify(said), { status: 202, headers });
};
const listener = toNodeListener(echo, { origin });

describe.each(Object.entries(mountedHosts))('mounted in %s', (_name, start) => {
  test('the whole URL, the form, both cookies and the address pass; the log holds no token', async () => {
    const lines: string[] = [];
    const port = await start(listener, (line) => lines.push(line));
    const path = `/claim/award-id/${token}`;
    const answer = await send(port, path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-host': 'evil.example' },
      body: 'code=123456',
    });
    expect(answer.status).toBe(202);
    expect(answer.headers['set-cookie']).toHaveLength(2);
    expect(JSON.parse(answer.body)).toEqual({
      url: `${origin}${path}`,
      method: 'POST',
      body: 'code=123456',
      remoteAddress: '127.0.0.1',
    });
    expect(lines.join()).toContain('/claim/[redacted]');
    expect(lines.join()).not.toContain('qqq');
  });

  test('HEAD has no body; other paths stay with the host', async () => {
    const port = await start(listener, () => undefined);
    expect(await send(port, '/claim/a', { method: 'HEAD' })).toMatchObject({ status: 202, body: '' });
    expect((await send(port, '/elsewhere')).status).toBe(404);
  });
});
