import { expect, test } from 'vitest';
import { SeekPass } from '@seek-pass-kit/core';
import { addRedirect } from '../../src/index.ts';
import { openSeekPass } from '../http/open-app.ts';
import { sampleCredential } from '../sample-credential.ts';

test('leads to SEEK Pass with what an add gave', async () => {
  const { sandbox } = await openSeekPass();
  const { baseUrl, clientId, clientSecret } = sandbox;
  const seekPass = new SeekPass({ environment: 'sandbox', baseUrl, clientId, clientSecret });
  const added = await seekPass.add({ id: '104233-weld-1', credential: sampleCredential });
  expect(addRedirect(seekPass, added)).toEqual({ url: added.redirectUri, statusCode: 303 });
  await seekPass.close();
});

const origin = 'https://app.seekpass-staging.com';
const good = `${origin}/partner/add/microcredential#clientId=c1&documentType=none&content=1`;

test.each([
  good.replace(origin, 'https://evil.example'),
  good.replace(origin, `${origin}.evil.example`),
  good.replace(origin, `${origin}@evil.example`),
  good.replace('/partner/add', '//partner/add'),
  good.replace('/partner/add', '/partner/verify'),
  good.replace('clientId=c1', 'clientId=c2'),
  `${good}\r\nset-cookie: a=b`,
])('security rule 1: a hostile address is no redirect: %j', (redirectUri) => {
  const seekPass = { redirectOrigin: origin, clientId: 'c1' };
  expect(addRedirect(seekPass, { redirectUri: good }).url).toBe(good);
  expect(() => addRedirect(seekPass, { redirectUri })).toThrow(
    expect.objectContaining({ code: 'hostile_redirect' }),
  );
});
