import { expect, test } from 'vitest';
import { redactClaimPath } from '../../src/node/redact-claim-path.ts';

const token = 'q'.repeat(43);

test.each([
  `/claim/id/${token}`,
  `/claim/id/${token}?lang=vi`,
  `/Claim/id/${token}`,
  `//claim//id/${token}`,
  `/%63laim/id/${token}`,
  `/claim%2fid%2F${token}`,
  `\\claim\\id\\${token}`,
  `https://credentials.example.edu/claim/id/${token}`,
  `/somewhere/../claim/id/${token.slice(0, 30)}`,
])('nothing of a claim link stays in %s', (url) => {
  expect(redactClaimPath(url, '/claim')).toBe('/claim/[redacted]');
});

test.each(['/', '/claims', '/health/live', '/claim', '/100%'])('%s stays as it is', (url) => {
  expect(redactClaimPath(url, '/claim')).toBe(url);
});
