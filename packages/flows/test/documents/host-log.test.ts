import { describe, expect, it } from 'vitest';
import type { HostLogEntry } from '../../src/node/host-log.ts';
import { logTo } from '../../src/node/log-to.ts';
import { redactClaimPath } from '../../src/node/redact-claim-path.ts';
import { openHost } from '../node/open-host.ts';
import { openDocuments, pdf } from './document-fixture.ts';

describe('security rule 5: over a host', () => {
  it('files go out whole, and no log line holds the path of one or the address of whoever fetched it', async () => {
    const lines: HostLogEntry[] = [];
    const flow = await openDocuments({}, { onNotice: (notice) => void lines.push(notice) });
    const { host, log } = await openHost({ routes: [{ path: '/documents', handler: flow.handler }] });
    await flow.submit(await flow.issue({ file: pdf }));
    const token = flow.address().split('/').at(-1) ?? '';
    const local = `http://127.0.0.1:${host.port}/documents/${token}`;
    const answer = await fetch(local);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf.bytes);
    expect(answer.headers.get('content-length')).toBe(String(pdf.bytes.length));
    const head = await fetch(local, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(pdf.bytes.length)]);
    expect((await fetch(`${local}x`)).status).toBe(404);
    await host.close();

    const written: object[] = [];
    const write = (line: object) => void written.push(line);
    const logger = logTo({ debug: write, info: write, warn: write, error: write });
    for (const entry of [...log, ...lines]) logger(entry);
    const text = JSON.stringify(written);
    expect(text).toContain('"route":"/documents"');
    expect(text).toContain('"network":"127.0.0.0/24"');
    expect(text).not.toContain('[redacted]');
    expect(text).not.toContain(token.slice(0, 12));
    expect(text).not.toContain('127.0.0.1');
  });

  it('and a host with a log of its own cuts the path off as it does with claim links', () => {
    expect(redactClaimPath(`/documents/${'q'.repeat(43)}`, '/documents')).toBe('/documents/[redacted]');
  });
});
