import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect as netConnect } from 'node:net';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  checkDocumentUrl,
  type DocumentUrlOptions,
  type PinnedTarget,
} from '../../src/documents/check-document-url.ts';
import { createDocumentUrlChecker } from '../../src/documents/document-url-checker.ts';
import { isPublicAddress } from '../../src/documents/public-address.ts';
import { pdf, png } from './document-fixture.ts';

const publicAddress = '93.184.215.14';

/** A server on this machine: what must never be reached, or what stands for the internet. */
async function serve(listener: RequestListener) {
  let connections = 0;
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host ?? '');
    listener(request, response);
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, hosts, connections: () => connections };
}

/** A network in which public addresses lead to one server, and all others to a private one that counts who comes. */
async function openNetwork(listener: RequestListener) {
  const internet = await serve(listener);
  const inside = await serve((_, response) => response.end('the secrets of this machine'));
  const targets: PinnedTarget[] = [];
  const connect = (target: PinnedTarget): Duplex => {
    targets.push(target);
    const { port } = isPublicAddress(target.address) ? internet : inside;
    return netConnect({ host: '127.0.0.1', port });
  };
  return { connect, targets, internet, inside };
}

const toPublic: NonNullable<DocumentUrlOptions['lookup']> = async () => [{ address: publicAddress }];
const aFile: RequestListener = (_, response) => response.end(pdf.bytes);
const url = 'https://files.example.edu/lan.pdf';

describe('an address of a document', () => {
  it('that gives a file is reachable', async () => {
    const { connect, targets, internet } = await openNetwork(aFile);
    const check = await checkDocumentUrl(url, { connect, lookup: toPublic, type: 'pdf' });
    expect(check).toEqual({ reachable: 'yes', because: 'file' });
    expect(targets).toEqual([{ address: publicAddress, port: 443, servername: 'files.example.edu' }]);
    expect(internet.hosts).toEqual(['files.example.edu']);
  });

  it.each<[string, number, DocumentUrlOptions['type'], 'yes' | 'no' | 'unknown', string]>([
    ['another type of file', 200, 'png', 'no', 'other_content'],
    ['any file where any will do', 200, undefined, 'yes', 'file'],
    ['a login', 401, 'pdf', 'no', 'needs_login'],
    ['a refusal', 403, 'pdf', 'no', 'needs_login'],
    ['nothing', 404, 'pdf', 'no', 'not_found'],
    ['something that is gone', 410, 'pdf', 'no', 'not_found'],
    ['no contents', 204, 'pdf', 'no', 'refused'],
    ['another fault of ours', 400, 'pdf', 'no', 'refused'],
    ['a redirect without an address', 302, 'pdf', 'no', 'refused'],
    ['too much at the moment', 429, 'pdf', 'unknown', 'server_error'],
    ['an outage', 503, 'pdf', 'unknown', 'server_error'],
  ])('that gives %s is judged by that', async (_, status, type, reachable, because) => {
    const { connect } = await openNetwork((_request, response) => {
      response.writeHead(status);
      response.end(status === 200 ? pdf.bytes : undefined);
    });
    const options = { connect, lookup: toPublic, ...(type === undefined ? {} : { type }) };
    expect(await checkDocumentUrl(url, options)).toEqual({ reachable, because });
  });

  it('that gives a page, with status 200, gives no file', async () => {
    const { connect } = await openNetwork((_, response) => response.end('<!doctype html>Sign in'));
    expect(await checkDocumentUrl(url, { connect, lookup: toPublic })).toEqual({
      reachable: 'no',
      because: 'other_content',
    });
  });

  it.each([
    ['http', 'http://files.example.edu/lan.pdf', 'not_https'],
    ['a file of this machine', 'file:///etc/passwd', 'not_https'],
    ['another port', 'https://files.example.edu:8443/lan.pdf', 'other_port'],
    ['a user', 'https://me:secret@files.example.edu/lan.pdf', 'names_a_user'],
    ['no URL', 'lan.pdf', 'not_a_url'],
  ])('with %s is judged without asking', async (_, text, because) => {
    const { connect, targets } = await openNetwork(aFile);
    const lookup = () => Promise.reject(new Error('asked'));
    expect(await checkDocumentUrl(text, { connect, lookup })).toEqual({ reachable: 'no', because });
    expect(targets).toEqual([]);
  });

  it.each([
    ['ENOTFOUND', 'no', 'no_such_host'],
    ['EAI_AGAIN', 'unknown', 'no_answer'],
  ])('whose name is answered with %s is judged by that', async (code, reachable, because) => {
    const lookup = () => Promise.reject(Object.assign(new Error('dns'), { code }));
    expect(await checkDocumentUrl(url, { lookup })).toEqual({ reachable, because });
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'no', 'bad_certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'no', 'bad_certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'no', 'bad_certificate'],
    ['ECONNREFUSED', 'unknown', 'no_answer'],
    ['ECONNRESET', 'unknown', 'no_answer'],
  ])('whose connection fails with %s is judged by that', async (code, reachable, because) => {
    const { connect } = await openNetwork(aFile);
    const failing = (target: PinnedTarget): Duplex => {
      const socket = connect(target);
      queueMicrotask(() => socket.destroy(Object.assign(new Error('tls'), { code })));
      return socket;
    };
    expect(await checkDocumentUrl(url, { connect: failing, lookup: toPublic })).toEqual({
      reachable,
      because,
    });
  });

  it('that does not answer, or answers for ever, ends after its time', async () => {
    const silent = await openNetwork(() => undefined);
    const options = { lookup: toPublic, timeoutMs: 60 };
    expect(await checkDocumentUrl(url, { ...options, connect: silent.connect })).toEqual({
      reachable: 'unknown',
      because: 'timed_out',
    });
    const dripping = await openNetwork((_, response) => {
      response.writeHead(200);
      response.write('%');
    });
    expect((await checkDocumentUrl(url, { ...options, connect: dripping.connect })).because).toBe(
      'timed_out',
    );
    const neverResolved = () => new Promise<never>(() => undefined);
    expect((await checkDocumentUrl(url, { timeoutMs: 60, lookup: neverResolved })).because).toBe('timed_out');
    const signal = AbortSignal.abort();
    expect((await checkDocumentUrl(url, { signal, lookup: toPublic })).because).toBe('timed_out');
  });

  it('that answers by changing the protocol ends too', async () => {
    const { connect } = await openNetwork((_, response) => {
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
    });
    expect((await checkDocumentUrl(url, { connect, lookup: toPublic })).because).toBe('no_answer');
  });

  it('that gives a file without end is read no further than its start', async () => {
    let sent = 0;
    const { connect } = await openNetwork((_, response) => {
      response.write(png.bytes);
      const more = (): void => {
        if (response.destroyed) return;
        sent += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    expect((await checkDocumentUrl(url, { connect, lookup: toPublic })).because).toBe('file');
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('security rule 19: an address of a document', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '１２７.０.０.１',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::10.0.0.8]',
    '[4000::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
    '169.254.169.254',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '10.0.0.8',
    '172.31.255.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '[::]',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('that spells %s is never connected to', async (host) => {
    const { connect, inside, targets } = await openNetwork(aFile);
    const check = await checkDocumentUrl(`https://${host}/latest/meta-data/`, { connect });
    expect(check).toEqual({ reachable: 'no', because: 'private_address' });
    expect(targets).toEqual([]);
    expect(inside.connections()).toBe(0);
  });

  it.each([
    ['localhost', [{ address: '127.0.0.1' }]],
    ['metadata.example.edu', [{ address: '169.254.169.254' }]],
    ['mapped.example.edu', [{ address: '::ffff:127.0.0.1' }]],
    ['one-of-two.example.edu', [{ address: publicAddress }, { address: '10.0.0.8' }]],
    ['zone.example.edu', [{ address: 'fe80::1%eth0' }]],
    ['nonsense.example.edu', [{ address: 'not an address' }]],
  ])('whose name %s leads into a private network is never connected to', async (host, addresses) => {
    const { connect, targets } = await openNetwork(aFile);
    const check = await checkDocumentUrl(`https://${host}/`, { connect, lookup: async () => addresses });
    expect(check).toEqual({ reachable: 'no', because: 'private_address' });
    expect(targets).toEqual([]);
  });

  it('whose name is rebound after it was looked at is resolved once, and private connections are 0', async () => {
    const { connect, inside, internet } = await openNetwork(aFile);
    let asked = 0;
    const rebinding = async () => {
      asked += 1;
      return [{ address: asked % 2 === 1 ? publicAddress : '127.0.0.1' }];
    };
    expect((await checkDocumentUrl(url, { connect, lookup: rebinding })).because).toBe('file');
    expect([asked, internet.connections()]).toEqual([1, 1]);
    expect((await checkDocumentUrl(url, { connect, lookup: rebinding })).because).toBe('private_address');
    expect(inside.connections()).toBe(0);
  });

  it.each([
    ['https://169.254.169.254/latest/meta-data/', 'private_address'],
    ['https://inside.example.edu/', 'private_address'],
    ['//127.0.0.1/', 'private_address'],
    ['http://files.example.edu/', 'not_https'],
    ['https://files.example.edu:22/', 'other_port'],
    ['https://me@files.example.edu/', 'names_a_user'],
    ['javascript:alert(1)', 'not_https'],
    ['https://', 'not_a_url'],
  ])('that redirects to %s is looked at anew', async (location, because) => {
    const { connect, inside, internet } = await openNetwork((_, response) => {
      response.writeHead(302, { location });
      response.end();
    });
    const lookup = async (host: string) => [
      { address: host.startsWith('inside') ? '10.0.0.8' : publicAddress },
    ];
    expect(await checkDocumentUrl(url, { connect, lookup })).toEqual({ reachable: 'no', because });
    expect([inside.connections(), internet.connections()]).toEqual([0, 1]);
  });

  it('may redirect three times, each to a name that is resolved for itself', async () => {
    const network = (most: number) =>
      openNetwork((request, response) => {
        const at = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0);
        if (at >= most) return response.end(pdf.bytes);
        response.writeHead(307, { location: `https://host-${at + 1}.example.edu/${at + 1}` });
        return response.end();
      });
    const names: string[] = [];
    const lookup = async (host: string) => {
      names.push(host);
      return [{ address: publicAddress }];
    };
    const three = await network(3);
    expect((await checkDocumentUrl(url, { connect: three.connect, lookup })).because).toBe('file');
    expect(names).toEqual([
      'files.example.edu',
      'host-1.example.edu',
      'host-2.example.edu',
      'host-3.example.edu',
    ]);
    const four = await network(4);
    expect((await checkDocumentUrl(url, { connect: four.connect, lookup })).because).toBe(
      'too_many_redirects',
    );
    expect(four.internet.connections()).toBe(4);
  });

  it('tells one word, whatever a server says', async () => {
    const { connect } = await openNetwork((_, response) => {
      response.writeHead(500, 'internal secret', { 'x-secret': 'zyxq7marker' });
      response.end('zyxq7marker');
    });
    const check = await checkDocumentUrl(url, { connect, lookup: toPublic });
    expect(Object.keys(check)).toEqual(['reachable', 'because']);
    expect(JSON.stringify(check)).toBe('{"reachable":"unknown","because":"server_error"}');
  });

  it('never rejects, and connects to public addresses only', async () => {
    const { connect, targets } = await openNetwork(aFile);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string().map((host) => `https://${host}.example.edu/`),
          fc.string(),
          fc.ipV4().map((ip) => `https://${ip}/`),
          fc.ipV6().map((ip) => `https://[${ip}]/`),
        ),
        fc.oneof(fc.ipV4(), fc.ipV6()),
        async (text, address) => {
          await checkDocumentUrl(text, { connect, lookup: async () => [{ address }], timeoutMs: 300 });
        },
      ),
      { numRuns: process.env['PROVE'] === 'full' ? 1_000 : 40 },
    );
    expect(targets.every(({ address }) => isPublicAddress(address))).toBe(true);
  });
});

describe('many addresses of one host', () => {
  it('are not judged by one of them that leads into a private network', async () => {
    const { connect, internet } = await openNetwork((request, response) => {
      if (request.url === '/stray') response.writeHead(302, { location: 'https://inside.example.edu/x' });
      response.end(pdf.bytes);
    });
    const lookup = async (host: string) => [
      { address: host === 'inside.example.edu' ? '10.0.0.1' : publicAddress },
    ];
    const check = createDocumentUrlChecker({ connect, lookup, concurrency: 1 });
    expect((await check('https://files.example.edu/stray', 'pdf')).because).toBe('private_address');
    expect((await check('https://files.example.edu/lan.pdf', 'pdf')).because).toBe('file');
    expect((await check('https://inside.example.edu/lan.pdf', 'pdf')).because).toBe('private_address');
    expect(internet.connections()).toBe(2);
  });
});
