import 'reflect-metadata';
import { Body, Controller, Get, Post } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { RateLimitedError, RejectedError } from '@seek-pass-kit/core';
import { expect, test } from 'vitest';
import { CredentialPipe, SeekPassExceptionFilter } from '../../src/index.ts';
import { adapters, openApp } from '../http/open-app.ts';
import { sampleCredential } from '../sample-credential.ts';

@Controller()
class AwardsController {
  @Get('limited')
  limited(): void {
    throw new RateLimitedError('for lan@example.edu', { retryAfterMs: 30_000 });
  }

  @Get('refused')
  refused(): void {
    throw new RejectedError('for lan@example.edu', { status: 400, responseBody: 'lan@example.edu' });
  }

  @Get('other')
  other(): void {
    throw new TypeError('not ours');
  }

  @Post('awards')
  award(@Body(new CredentialPipe('microcredential')) credential: { readonly fields: object }): object {
    return { taken: Object.keys(credential.fields).length };
  }
}

async function open(adapter: AbstractHttpAdapter): Promise<string> {
  const { url } = await openApp({
    adapter,
    registrations: [],
    module: { controllers: [AwardsController] },
    main: (app) => void app.useGlobalFilters(new SeekPassExceptionFilter()),
  });
  return url;
}

const { fields } = sampleCredential;

for (const [platform, adapter] of adapters) {
  test(`${platform}: an error of the kit is answered by its code, any other as before`, async () => {
    const url = await open(adapter());
    const limited = await fetch(`${url}/limited`);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('30');
    expect(await limited.json()).toMatchObject({ code: 'rate_limited', retryable: true });
    const refused = await fetch(`${url}/refused`);
    expect(refused.status).toBe(422);
    expect(await refused.text()).not.toContain('lan@');
    const other = await fetch(`${url}/other`);
    expect(other.status).toBe(500);
    expect(await other.json()).toEqual({ statusCode: 500, message: 'Internal server error' });
  });

  test(`${platform}: a body that is no credential of the type is told what to mend`, async () => {
    const url = await open(adapter());
    const post = (body: unknown) =>
      fetch(`${url}/awards`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    const good = await post({ credential_type: 'microcredential', fields });
    expect(await good.json()).toEqual({ taken: 4 });
    const bad = await post({
      credential_type: 'microcredential',
      fields: { ...fields, issue_date: '20.2.2026' },
    });
    expect(bad.status).toBe(422);
    const told = await bad.text();
    expect(JSON.parse(told)).toMatchObject({
      code: 'invalid_payload',
      problems: [{ path: 'fields.issue_date', code: 'bad_date' }],
    });
    expect(told).not.toContain('20.2.2026');
    const foreign = await post({ credential_type: 'education', fields });
    expect(await foreign.json()).toMatchObject({ problems: [{ path: 'credential_type' }] });
    for (const none of [{}, [], { credential_type: 'microcredential' }]) {
      expect((await post(none)).status).toBe(422);
    }
  });
}
