import { connect as tlsConnect } from 'node:tls';
import { expect, it, vi } from 'vitest';
import { checkDocumentUrl } from '../../src/documents/check-document-url.ts';

vi.mock('node:tls', { spy: true });

it('security rule 19: a connection is opened to the address that was looked at, and the certificate is of the name', async () => {
  vi.mocked(tlsConnect).mockImplementation(() => {
    throw Object.assign(new Error('no network in this test'), { code: 'ENETUNREACH' });
  });
  const check = await checkDocumentUrl('https://files.example.edu/lan.pdf', {
    lookup: async () => [{ address: '2606:4700::1111' }, { address: '93.184.215.14' }],
  });
  expect(check).toEqual({ reachable: 'unknown', because: 'no_answer' });
  expect(vi.mocked(tlsConnect).mock.calls).toEqual([
    [{ host: '93.184.215.14', port: 443, servername: 'files.example.edu' }],
  ]);
});
