import { describe, expect, test } from 'vitest';
import { parseRedirectUri, SeekPassError } from '../../src/index.ts';
import { makeClient, microcredential } from '../support/make-client.ts';

const origin = 'https://app.seekpass-staging.com';
const expected = { origin, clientId: 'client-1', flow: 'add' } as const;
const fragment = 'clientId=client-1&documentType=open_cert&content=8d1';
const good = `${origin}/partner/add/education#${fragment}`;

/** Links that must never reach a browser. */
export const hostileUris: readonly string[] = [
  '',
  'not a link',
  `http://app.seekpass-staging.com/partner/add/education#${fragment}`,
  `HTTPS://app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com@evil.example/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com:443@evil.example/partner/add/education#${fragment}`,
  `https://user:pass@app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https://evil.example@app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com.evil.example/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.comevil.example/partner/add/education#${fragment}`,
  `https://evil-app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com:8443/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com:443/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com./partner/add/education#${fragment}`,
  `//app.seekpass-staging.com/partner/add/education#${fragment}`,
  `//evil.example/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com//evil.example/partner/add/education#${fragment}`,
  `https:/app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https:\\\\app.seekpass-staging.com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com\\@evil.example/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com/partner/add/..\\..\\evil#${fragment}`,
  `https://app.seekpass-staging.com/partner/add/../../evil#${fragment}`,
  `https://app.seekpass-staging.com/partner/add/%2e%2e/evil#${fragment}`,
  `https://app.seekpass-staging.com/partner/add/education/more#${fragment}`,
  `https://app.seekpass-staging.com/partner/added/education#${fragment}`,
  `https://app.seekpass-staging.com/logout#${fragment}`,
  `https://app.seekpass-staging.com/partner/add/#${fragment}`,
  `https://app.seekpass-stаging.com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging。com/partner/add/education#${fragment}`,
  `https://app.seekpass-staging.com／partner/add/education#${fragment}`,
  ` ${good}`,
  `${good}\n`,
  `https://app.seekpass-staging.com/partner/add/edu\tcation#${fragment}`,
  `https://app.seekpass-\u202estaging.com/partner/add/education#${fragment}`,
  `javascript:alert(1)//${good}`,
  `data:text/html,${good}`,
  `${origin}/partner/add/education?${fragment}`,
  `${origin}/partner/add/education`,
  `${origin}/partner/add/education#`,
  `${origin}/partner/add/education#clientId=client-2&content=8d1`,
  `${origin}/partner/add/education#clientId=client-1&clientId=client-2&content=8d1`,
  `${origin}/partner/add/education#clientId=client-2&clientId=client-1&content=8d1`,
  `${origin}/partner/add/education#clientId=client-1%20&content=8d1`,
  `${origin}/partner/add/education#clientid=client-1&content=8d1`,
  `${origin}/partner/add/education#clientId=client-1`,
  `${origin}/partner/add/education#clientId=client-1&content=`,
  `${origin}/partner/add/education#clientId=client-1&content=1&content=2`,
  `${origin}/partner/add/education#clientId=client-1&content=1&documentType=pdf&documentType=none`,
  `${good}&x=${'a'.repeat(9000)}`,
];

describe('security rule 1: redirect only to SEEK Pass, with our client id', () => {
  test('a documented link is read', () => {
    expect(parseRedirectUri(good, expected)).toEqual({
      type: 'education',
      clientId: 'client-1',
      documentType: 'open_cert',
      content: '8d1',
    });
    expect(parseRedirectUri(`${origin}/partner/add/batch#clientId=client-1&content=8d1`, expected)).toEqual({
      type: 'batch',
      clientId: 'client-1',
      content: '8d1',
    });
  });

  test.each(hostileUris)('refused: %j', (uri) => {
    expect(() => parseRedirectUri(uri, expected)).toThrow(
      expect.objectContaining({ code: 'hostile_redirect' }),
    );
  });

  test.each(hostileUris.filter((uri) => uri !== ''))(
    'an answer with it fails the add, not repeated: %j',
    async (uri) => {
      const { seekPass, clock, apiCalls } = makeClient([
        { kind: 'answer', status: 201, body: { redirect_uri: uri } },
      ]);
      const error = await clock.runUntilSettled(
        seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
      );
      expect(SeekPassError.is(error) && error.code).toBe('hostile_redirect');
      expect(apiCalls()).toHaveLength(1);
    },
  );

  test.each([null, undefined, 7, {}, [good]])('%j is no link', (uri) => {
    expect(() => parseRedirectUri(uri, expected)).toThrow(
      expect.objectContaining({ code: 'hostile_redirect' }),
    );
  });

  test('a verify link may have any path, but only on the origin of SEEK Pass', () => {
    const verify = { ...expected, flow: 'verify' } as const;
    expect(parseRedirectUri(`${origin}/verify/anything?x=1#y`, verify)).toEqual({ type: undefined });
    for (const uri of [
      'https://evil.example/',
      `${origin}.evil.example/`,
      `${origin}//evil.example`,
      `${origin}@evil.example/`,
      origin,
    ]) {
      expect(() => parseRedirectUri(uri, verify)).toThrow(
        expect.objectContaining({ code: 'hostile_redirect' }),
      );
    }
  });
});
