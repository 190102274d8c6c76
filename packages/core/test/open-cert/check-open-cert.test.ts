import { describe, expect, it } from 'vitest';
import { checkOpenCert, ConfigurationError } from '../../src/open-cert/index.ts';
import { now, obfuscate, transcript, wrap } from './samples.ts';

const file = wrap();
const check = (document: unknown, options = {}) => checkOpenCert(document, { now, ...options });

describe('checkOpenCert', () => {
  it('says what it found, and what cannot be found offline', () => {
    const { ok, checks } = check(file);
    expect(ok).toBe(true);
    expect(Object.fromEntries(Object.entries(checks).map(([name, { result }]) => [name, result]))).toEqual({
      readable: 'VALID',
      wrapped: 'VALID',
      integrity: 'VALID',
      dates: 'VALID',
      issued: 'UNKNOWN',
      issuer: 'UNKNOWN',
    });
  });

  it('takes the text and the object alike', () => {
    expect(check(JSON.parse(file))).toEqual(check(file));
    expect(check(`\uFEFF${JSON.stringify(JSON.parse(file), undefined, 2)}\r\n`)).toEqual(check(file));
  });

  it('does not change the object', () => {
    const document = JSON.parse(file);
    check(document);
    expect(JSON.stringify(document)).toBe(file);
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  it.each([
    ['not JSON', '{"version":', 'not_json'],
    ['nothing', '', 'not_json'],
    ['undefined', undefined, 'not_json'],
    ['a number', 7, 'not_json'],
    ['a cycle', cycle, 'not_json'],
    ['a bigint inside', { data: 1n }, 'not_json'],
    ['a member that throws', { toJSON: () => JSON.parse('{') }, 'not_json'],
    ['encoded twice', JSON.stringify(file), 'double_encoded'],
    ['a list', `[${file}]`, 'not_an_object'],
    ['null', 'null', 'not_an_object'],
  ])('refuses as unreadable: %s', (_, document, code) => {
    const { ok, checks } = check(document);
    expect(checks.readable).toMatchObject({ result: 'INVALID', code });
    expect(checks.integrity).toMatchObject({ result: 'UNKNOWN', code: 'not_reached' });
    expect(ok).toBe(false);
  });

  const wrapped = JSON.parse(file);
  it.each([
    ['an unwrapped document', transcript, 'INVALID', 'not_wrapped'],
    ['an empty object', {}, 'INVALID', 'not_wrapped'],
    ['no signature', { ...wrapped, signature: undefined }, 'INVALID', 'not_wrapped'],
    [
      'another kind of signature',
      { ...wrapped, signature: { ...wrapped.signature, type: 'X' } },
      'INVALID',
      'not_wrapped',
    ],
    [
      'a hash that is none',
      { ...wrapped, signature: { ...wrapped.signature, merkleRoot: 'abc' } },
      'INVALID',
      'not_wrapped',
    ],
    [
      'a proof that is no list',
      { ...wrapped, signature: { ...wrapped.signature, proof: 'abc' } },
      'INVALID',
      'not_wrapped',
    ],
    [
      'obfuscated data that is none',
      { ...wrapped, privacy: { obfuscatedData: [1] } },
      'INVALID',
      'not_wrapped',
    ],
    ['data that is a list', { ...wrapped, data: [] }, 'INVALID', 'not_wrapped'],
    [
      'a foreign version',
      { ...wrapped, version: 'https://example.com/2.0/schema.json' },
      'INVALID',
      'not_wrapped',
    ],
    [
      'version 3',
      { ...wrapped, version: 'https://schema.openattestation.com/3.0/schema.json' },
      'UNKNOWN',
      'unsupported_version',
    ],
  ])('does not take for wrapped: %s', (_, document, result, code) => {
    const report = check(document);
    expect(report.checks.wrapped).toMatchObject({ result, code });
    expect(report.ok).toBe(false);
  });

  it('bounds nesting, keys and the number of values', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}{}${'}'.repeat(depth)}`;
    const withData = (data: string) =>
      `{"version":"${wrapped.version}","data":${data},"signature":${JSON.stringify(wrapped.signature)}}`;
    const codeOf = (data: string) => check(withData(data)).checks.wrapped.code;
    expect(codeOf(nested(31))).toBe('ok');
    expect(codeOf(nested(33))).toBe('too_complex');
    expect(codeOf(nested(200_000))).toBe('too_complex');
    expect(codeOf(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`)).toBe('too_complex');
    expect(codeOf(`{"${'k'.repeat(257)}":{}}`)).toBe('too_complex');
    expect(codeOf(`{"a":[${'{},'.repeat(50_000)}{}]}`)).toBe('too_complex');
  });

  it('takes little time for a large document that is made to take much', () => {
    const long = 'ab '.repeat(100_000);
    const many = Array.from({ length: 500 }, () => ({ ...transcript.issuers[0], name: 'a b c d' }));
    const hostile = wrap({
      name: long,
      recipient: { name: long },
      issuers: many,
      remarks: '@'.repeat(300_000),
    });
    const before = process.cpuUsage();
    check(hostile, {
      payload: { full_name: 'a b', course_name: 'a b', issuer_name: 'x' },
      maxBytes: 10_000_000,
    });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });

  it('looks at nothing above the size limit, in bytes', () => {
    expect(check(file, { maxBytes: Buffer.byteLength(file) }).ok).toBe(true);
    expect(check(file, { maxBytes: Buffer.byteLength(file) - 1 }).checks.readable.code).toBe('too_large');
    expect(check(file, { maxBytes: file.length }).checks.readable.code).toBe('too_large');
    expect(check('x'.repeat(2_097_153)).checks.readable.code).toBe('too_large');
  });

  it.each([
    ['neither date', { issuedOn: undefined, expiresOn: undefined }, 'UNKNOWN', 'no_dates'],
    ['a date that is none', { issuedOn: '2025-02-30' }, 'INVALID', 'bad_date'],
    ['a date in words', { expiresOn: 'next year' }, 'INVALID', 'bad_date'],
    ['issued today', { issuedOn: '2026-01-01' }, 'VALID', 'ok'],
    ['issued the day after tomorrow', { issuedOn: '2026-01-03' }, 'INVALID', 'issued_in_future'],
    ['expired yesterday, somewhere today', { expiresOn: '2025-12-31' }, 'VALID', 'ok'],
    ['expired last week', { expiresOn: '2025-12-25T10:00:00Z' }, 'INVALID', 'expired'],
  ])('judges the dates: %s', (_, change, result, code) => {
    expect(
      check(wrap(JSON.parse(JSON.stringify(change, (_key, value) => value ?? null)))).checks.dates,
    ).toMatchObject({ result, code });
  });

  it('is not ok when the payload says something else', () => {
    const fields = {
      full_name: 'Nguyễn Thị Lan',
      course_name: 'Bachelor of Nursing',
      conferral_year: '2025',
    };
    expect(check(file, { payload: fields }).ok).toBe(true);
    expect(check(file, { payload: { ...fields, full_name: 'Somchai Jaidee' } }).ok).toBe(false);
  });

  it('says nothing of a value it holds, in no message', () => {
    const { checks, comparisons, warnings } = check(
      wrap({ recipient: { name: 'Nguyễn Thị Lan', nric: 'S1234567D' } }),
      {
        payload: { full_name: 'Somchai Jaidee' },
      },
    );
    const everything = JSON.stringify({ checks, comparisons, warnings });
    expect(everything).not.toMatch(/Nguyễn|Somchai|S1234567D|Nursing/);
  });

  it('gives a remedy for whatever is not valid', () => {
    for (const document of [file, '', '{}', JSON.stringify(file), obfuscate(file, ['transcript[0]'])]) {
      for (const { result, remedy } of Object.values(check(document).checks)) {
        expect(remedy === undefined).toBe(result === 'VALID');
      }
    }
  });

  it.each([{ now: Number.NaN }, { maxBytes: Number.NaN }])('stops on the setting %j', (setting) => {
    expect(() => check(file, setting)).toThrow(ConfigurationError);
  });
});
