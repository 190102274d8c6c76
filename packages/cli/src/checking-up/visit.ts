import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { PublicVisit } from './judge-claim-pages.ts';

const patienceMs = 10_000;
/** A page of ours has some 10 kB. */
const mostBytes = 200_000;

/** Asks for one page as a browser does, follows nothing, and keeps no cookie. */
export function visit(address: string): Promise<PublicVisit> {
  return new Promise((resolve) => {
    const url = new URL(address);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const fail = (error: Error): void =>
      resolve({
        answered: false,
        code: 'code' in error && typeof error.code === 'string' ? error.code : error.name,
      });
    const asked = request(
      url,
      { agent: false, headers: { accept: 'text/html', 'accept-language': 'en' }, timeout: patienceMs },
      (response) => {
        const { socket } = response;
        const ends =
          socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN;
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= mostBytes) chunks.push(chunk);
          else response.destroy();
        });
        response.on('error', fail);
        response.on('close', () =>
          resolve({
            answered: true,
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks).toString('utf8'),
            ...(Number.isNaN(ends) ? {} : { certificateEndsAt: ends }),
          }),
        );
      },
    );
    asked.on('timeout', () =>
      asked.destroy(Object.assign(new Error('Nobody answered in time.'), { code: 'ETIMEDOUT' })),
    );
    asked.on('error', fail);
    asked.end();
  });
}
