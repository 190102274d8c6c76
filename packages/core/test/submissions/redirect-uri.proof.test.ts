import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRedirectUri, SeekPassError } from '../../src/index.ts';

const origin = 'https://app.seekpass-staging.com';
const expected = { origin, clientId: 'client-1', flow: 'add' } as const;
const seed = Number(process.env['PROVE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = process.env['PROVE'] === 'full' ? 100_000 : 3_000;

const pieces = fc.constantFrom(
  origin,
  'https://',
  'http://',
  'app.seekpass-staging.com',
  'evil.example',
  '@',
  ':',
  ':443',
  '/',
  '//',
  '\\',
  '..',
  '%2f',
  '%00',
  '?',
  '#',
  '&',
  '=',
  '/partner/add/',
  'education',
  'clientId=client-1',
  'clientId=client-2',
  'content=1',
  'documentType=pdf',
  '\t',
  '\n',
  '\u202e',
  '。',
  'а',
  ' ',
);
const soup = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));
const mutated = fc
  .tuple(
    fc.nat(110),
    fc.constantFrom('replace', 'insert', 'delete'),
    fc.oneof(pieces, fc.string({ minLength: 1, maxLength: 1, unit: 'binary' })),
  )
  .map(([at, how, piece]) => {
    const link = `${origin}/partner/add/education#clientId=client-1&documentType=pdf&content=8d1f`;
    if (how === 'delete') return link.slice(0, at) + link.slice(at + 1);
    return link.slice(0, at) + piece + link.slice(how === 'replace' ? at + 1 : at);
  });

test(`of ${numRuns} malformed links, what is let through leads a browser to the add flow with our client id; the rest throws typed (PROVE_SEED=${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(soup, mutated, fc.webUrl(), fc.string({ unit: 'binary' })), (uri) => {
      try {
        const parsed = parseRedirectUri(uri, expected);
        const browser = new URL(uri);
        expect(browser.origin).toBe(origin);
        expect(browser.username + browser.password + browser.port).toBe('');
        expect(browser.pathname).toBe(`/partner/add/${parsed.type}`);
        expect(new URLSearchParams(browser.hash.slice(1)).getAll('clientId')).toEqual(['client-1']);
        expect(uri.startsWith(`${origin}/partner/add/`)).toBe(true);
      } catch (error) {
        if (!SeekPassError.is(error)) throw error;
        expect(error.code).toBe('hostile_redirect');
      }
    }),
    { numRuns, seed },
  );
}, 600_000);
