import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindNamespace, checkNamespace, createNamespace, submissionId } from '../../src/index.ts';

const seed = Number(process.env['PROVE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = 2_000;
const staging = { environment: 'staging', clientId: 'client-1' } as const;
const namespace = createNamespace(staging);
const parts = { namespace, key: 'transcript-4711', version: 1, attempt: 1 };
const refused = expect.objectContaining({ code: 'invalid_configuration' });

describe('security rule 2: submission ids', () => {
  test('the same parts give the same id, of the documented form', () => {
    expect(submissionId(parts)).toBe(submissionId({ ...parts }));
    expect(submissionId(parts)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(submissionId({ ...parts, prefix: 'UNI' })).toBe(`UNI-${submissionId(parts)}`);
    expect(submissionId({ ...parts, key: 'jane@uni.example' })).not.toContain('jane');
  });

  test('a correction within 48 hours has another id, so it never gets the old data or the old link', () => {
    expect(submissionId({ ...parts, version: 2 })).not.toBe(submissionId(parts));
    expect(submissionId({ ...parts, attempt: 2 })).not.toBe(submissionId(parts));
    expect(submissionId({ ...parts, version: 2, attempt: 1 })).not.toBe(
      submissionId({ ...parts, version: 1, attempt: 2 }),
    );
    expect(submissionId({ ...parts, namespace: createNamespace(staging) })).not.toBe(submissionId(parts));
  });

  test(`different parts never meet, however they are cut (PROVE_SEED=${seed})`, () => {
    const some = fc.record({
      key: fc.string({ minLength: 1, unit: 'binary' }),
      version: fc.integer({ min: 1, max: 200 }),
      attempt: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const same = a.key === b.key && a.version === b.version && a.attempt === b.attempt;
        return (submissionId({ namespace, ...a }) === submissionId({ namespace, ...b })) === same;
      }),
      { numRuns, seed },
    );
    expect(submissionId({ ...parts, key: 'a', version: 11 })).not.toBe(
      submissionId({ ...parts, key: 'a1', version: 1 }),
    );
  });

  test('a staging database restored in production stops the start', () => {
    expect(() => checkNamespace(namespace, staging)).not.toThrow();
    expect(() => checkNamespace(namespace, { environment: 'production', clientId: 'client-9' })).toThrow(
      refused,
    );
    expect(() => checkNamespace(namespace, { environment: 'production', clientId: 'client-1' })).toThrow(
      refused,
    );
    expect(() => checkNamespace(namespace, { environment: 'staging', clientId: 'client-2' })).toThrow(
      refused,
    );
  });

  test('binding to a new client id keeps the ids', () => {
    const moved = bindNamespace(namespace, { environment: 'staging', clientId: 'client-2' });
    expect(() => checkNamespace(moved, { environment: 'staging', clientId: 'client-2' })).not.toThrow();
    expect(() => checkNamespace(moved, staging)).toThrow(refused);
    expect(submissionId({ ...parts, namespace: moved })).toBe(submissionId(parts));
  });

  test.each([
    ['namespace', { namespace: 'ns' }],
    ['namespace', { namespace: '' }],
    ['namespace', { namespace: namespace.slice(0, -1) }],
    ['key', { key: '' }],
    ['version', { version: 0 }],
    ['version', { version: 1.5 }],
    ['attempt', { attempt: Number.NaN }],
    ['prefix', { prefix: 'U N I' }],
    ['prefix', { prefix: '' }],
  ])('a bad %s is refused: %o', (_name, bad) => {
    expect(() => submissionId({ ...parts, ...bad })).toThrow(refused);
  });

  test('no message shows the namespace', () => {
    const damaged = `${namespace.slice(0, -1)}!`;
    for (const attempt of [
      () => submissionId({ ...parts, namespace: damaged }),
      () => checkNamespace(namespace, { environment: 'production', clientId: 'x' }),
    ]) {
      expect(attempt).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(namespace.slice(6, 30)) }),
      );
    }
  });
});
