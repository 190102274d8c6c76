import { describe, expect, it } from 'vitest';
import { checkOpenCert } from '../../src/open-cert/index.ts';
import { now, obfuscate, referenceSaysIntact, transcript, wrap, wrapTogether } from './samples.ts';

const file = wrap();
const isIntact = (text: string) => checkOpenCert(text, { now }).checks.integrity.result === 'VALID';

describe('integrity, beside the reference library', () => {
  it('holds for a document that was wrapped alone', () => {
    expect([isIntact(file), referenceSaysIntact(file)]).toEqual([true, true]);
  });

  it.each([2, 3, 4, 5, 8, 13])('holds for each of %i documents that were wrapped together', (count) => {
    const files = wrapTogether(Array.from({ length: count }, (_, index) => ({ id: `CERT-${index}` })));
    expect(files.map(isIntact)).toEqual(files.map(() => true));
    expect(files.map(referenceSaysIntact)).toEqual(files.map(() => true));
  });

  it.each([
    ['one field', ['recipient.studentId']],
    [
      'fields of several objects',
      ['id', 'recipient.studentId', 'issuers[0].identityProof.location', 'transcript[1].grade'],
    ],
    ['a whole object', ['recipient']],
    ['a whole list', ['transcript']],
    ['everything', Object.keys(transcript)],
  ])('holds after obfuscating %s', (_, paths) => {
    const obfuscated = obfuscate(file, paths);
    expect([isIntact(obfuscated), referenceSaysIntact(obfuscated)]).toEqual([true, true]);
    const twice = obfuscate(obfuscate(file, ['description']), paths);
    expect([isIntact(twice), referenceSaysIntact(twice)]).toEqual([true, true]);
  });

  it.each([
    ['the last field of an object', ['additionalData.extra', 'additionalData.tags']],
    ['an entry of a list', ['transcript[0]']],
  ])('is lost, by both, after obfuscating %s: the file has another shape then', (_, paths) => {
    const obfuscated = obfuscate(file, paths);
    expect([isIntact(obfuscated), referenceSaysIntact(obfuscated)]).toEqual([false, false]);
  });

  const parsed = JSON.parse(file);
  it.each([
    ['a value', { data: { ...parsed.data, name: String(parsed.data.name).replace('Nursing', 'Surgery') } }],
    [
      'a salt',
      { data: { ...parsed.data, name: `${parsed.data.name}`.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')) } },
    ],
    ['a field added', { data: { ...parsed.data, more: parsed.data.name } }],
    ['a field removed', { data: { ...parsed.data, name: undefined } }],
    ['a field renamed', { data: { ...parsed.data, name: undefined, title: parsed.data.name } }],
    [
      'two fields exchanged',
      { data: { ...parsed.data, name: parsed.data.description, description: parsed.data.name } },
    ],
    [
      'a number that was text',
      { data: { ...parsed.data, name: String(parsed.data.name).replace(':string:', ':number:') } },
    ],
    [
      'an empty list that was an object',
      { data: { ...parsed.data, additionalData: { tags: {}, extra: {} } } },
    ],
    ['a hash of nothing added', { privacy: { obfuscatedData: ['0'.repeat(64)] } }],
    ['another target hash', { signature: { ...parsed.signature, targetHash: '0'.repeat(64) } }],
    ['another root', { signature: { ...parsed.signature, merkleRoot: '0'.repeat(64) } }],
    ['a proof added', { signature: { ...parsed.signature, proof: ['0'.repeat(64)] } }],
  ])('is lost with %s', (_, change) => {
    const changed = JSON.stringify({ ...parsed, ...change });
    expect(checkOpenCert(changed, { now }).checks.integrity).toMatchObject({
      result: 'INVALID',
      code: 'altered',
    });
    expect(referenceSaysIntact(changed)).toBe(false);
  });
});

describe('where the reference library is too kind', () => {
  const { data, ...rest } = JSON.parse(file);

  it.each([
    // Flattens over the true name, which the hash then does not protect.
    ['an empty key', { '': { name: data.description }, ...data }, 'illegal_key'],
    ['a key that is lost on flattening', { ...data, ['__proto__']: data.description }, 'illegal_key'],
    ['a key with a dot', { ...data, 'recipient.name': data.name }, 'illegal_key'],
    ['a value without salt', { ...data, note: 'plain' }, 'not_salted'],
    ['a number', { ...data, note: 5 }, 'not_salted'],
  ])('%s is refused', (_, changed, code) => {
    const { checks, ok } = checkOpenCert(JSON.stringify({ data: changed, ...rest }), { now });
    expect(checks.wrapped).toMatchObject({ result: 'INVALID', code });
    expect(checks.integrity.result).toBe('UNKNOWN');
    expect(ok).toBe(false);
  });
});
