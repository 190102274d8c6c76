import 'reflect-metadata';
import { request } from 'node:http';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Injectable,
  Post,
  UseGuards,
} from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { expect, test } from 'vitest';
import { acceptOpenCertBodies, OpenCertBody, openCertMediaType } from '../../src/index.ts';
import { adapters, openApp } from '../http/open-app.ts';

@Injectable()
class SignedIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return (
      context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-staff'] === 'yes'
    );
  }
}

@Controller()
@UseGuards(SignedIn)
class AwardsController {
  @Post('awards/open-cert')
  issue(@OpenCertBody({ maxBytes: 2_000_000 }) openCert: string): object {
    return { characters: openCert.length, first: openCert.slice(0, 1) };
  }
}

async function open(adapter: AbstractHttpAdapter): Promise<string> {
  const { url } = await openApp({
    adapter,
    registrations: [],
    module: { controllers: [AwardsController] },
    main: acceptOpenCertBodies,
  });
  return `${url}/awards/open-cert`;
}

const headers = { 'content-type': openCertMediaType, 'x-staff': 'yes' };

/** Sends so many bytes in pieces, without a length and without an end. */
function postInPieces(url: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers });
    sent.once('response', (answer) => {
      resolve(answer.statusCode);
      sent.destroy();
    });
    sent.once('error', reject);
    for (let left = bytes; left > 0; left -= 500_000)
      sent.write(new Uint8Array(Math.min(left, 500_000)).fill(120));
  });
}

for (const [platform, adapter] of adapters) {
  test(`security rule 23: ${platform}: a body far over the usual limit is taken on a route behind a sign-in, and only there`, async () => {
    const url = await open(adapter());
    const body = JSON.stringify({ data: 'é'.repeat(700_000) });
    const taken = await fetch(url, { method: 'POST', headers, body });
    expect(await taken.json()).toEqual({ characters: body.length, first: '{' });
    const stranger = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'x-staff': 'no' },
      body: '{}',
    });
    expect(stranger.status).toBe(403);
    const asJson = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    expect(asJson.status).toBe(413);
  });

  test(`security rule 23: ${platform}: a stranger is refused before the body is read`, async () => {
    const url = await open(adapter());
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        headers: { ...headers, 'x-staff': 'no', 'content-length': 1_500_000 },
      });
      sent.once('response', (answer) => {
        resolve(answer.statusCode);
        sent.destroy();
      });
      sent.once('error', reject);
      sent.write('{');
    });
    expect(status).toBe(403);
  });

  test(`${platform}: too long, another type, compressed and no text are refused`, async () => {
    const url = await open(adapter());
    const post = async (body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) =>
      (await fetch(url, { method: 'POST', headers: { ...headers, ...more }, body })).status;
    expect(await post('x'.repeat(2_000_001))).toBe(413);
    expect(await postInPieces(url, 2_000_001)).toBe(413);
    expect(await post('{}', { 'content-encoding': 'gzip' })).toBe(415);
    expect(await post(new Uint8Array([0xff, 0xfe, 0x00]))).toBe(400);
  });
}
