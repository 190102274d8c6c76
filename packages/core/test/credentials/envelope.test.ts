import { describe, expect, test } from 'vitest';
import {
  type Credential,
  credentialFromEnvelope,
  credentialTypes,
  toWire,
  validate,
  wireSchemas,
} from '../../src/credentials/index.ts';
import { SeekPassError } from '../../src/errors.ts';
import { found } from './found.ts';
import { documentedEducation, samples } from './samples.ts';

describe('envelopes', () => {
  const types = credentialTypes.filter((type) => type !== 'universal_credential');

  test.each(types)('a %s survives the way into an envelope and back', (type) => {
    const { body } = toWire(samples[type], { id: '1', version: 'v1' });
    expect(validate(body).problems).toEqual([]);
    expect(wireSchemas.addV1[type].safeParse(body).success).toBe(true);
    expect(credentialFromEnvelope(body as typeof documentedEducation)).toEqual(samples[type]);
  });

  test.each(types)('a %s without document and chain survives, too', (type) => {
    const { credential_type, fields } = samples[type];
    const credential = { credential_type, fields } as Credential;
    const { body } = toWire(credential, { id: '1' });
    expect(validate(body).problems).toEqual([]);
    expect(credentialFromEnvelope(body as typeof documentedEducation)).toEqual(credential);
  });

  test('partner_chain is refused where the documentation does not put it', () => {
    const { body } = toWire(samples.english_proficiency, {
      id: '1',
      partnerChainAt: { english_proficiency: 'credential' },
    });
    expect(found(validate(body))).toEqual([['data.credential.partner_chain', 'unknown_field']]);
    expect(validate(body, { partnerChainAt: { english_proficiency: 'credential' } }).ok).toBe(true);
  });

  test('reading a broken envelope throws its problems', () => {
    try {
      credentialFromEnvelope({ ...documentedEducation, id: '' });
      expect.unreachable();
    } catch (error) {
      expect(SeekPassError.is(error) && error.code).toBe('invalid_payload');
    }
  });
});
