import { describe, expect, it } from 'vitest';
import { checkClaimKeys, generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { checkClaimToken, claimToken } from '../../src/claims/claim-token.ts';

const key = readClaimKey(generateClaimKey());
const award = { issuer: 'default', awardId: 'a1', generation: 3 };

describe('a claim token', () => {
  it('is the same each time it is derived, so that a reminder leaves the first mail working', () => {
    expect(claimToken(key, award)).toBe(claimToken(key, { ...award }));
    expect(checkClaimToken([key], claimToken(key, award), award)).toBe('current');
  });

  it('of an older generation is recognised and opens nothing', () => {
    expect(checkClaimToken([key], claimToken(key, { ...award, generation: 2 }), award)).toBe('older');
  });

  it('of a later generation, another award, another issuer or another key is wrong', () => {
    const wrong = [
      claimToken(key, { ...award, generation: 4 }),
      claimToken(key, { ...award, awardId: 'a2' }),
      claimToken(key, { ...award, issuer: 'defaul', awardId: 'ta1' }),
      claimToken(readClaimKey(generateClaimKey()), award),
      '',
      'é'.repeat(43),
    ];
    for (const token of wrong) expect(checkClaimToken([key], token, award)).toBe('wrong');
  });

  it('made with the previous key still opens while both keys are named', () => {
    const next = readClaimKey(generateClaimKey());
    expect(checkClaimToken([next, key], claimToken(key, award), award)).toBe('current');
  });
});

describe('a claim key', () => {
  it.each([undefined, '', 'changeme', 'a'.repeat(43), 'not base64url!'.repeat(4)])(
    'is refused when it is no secret: %s',
    (text) => {
      expect(() => readClaimKey(text)).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
    },
  );

  it('that changed without a rotation stops the start', () => {
    const other = readClaimKey(generateClaimKey());
    expect(() => checkClaimKeys([other], key.fingerprint)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    );
    expect(() => checkClaimKeys([other, key], key.fingerprint)).not.toThrow();
    expect(() => checkClaimKeys([other], undefined)).not.toThrow();
  });
});
