/** Prints new secrets for `.env`. Keep them apart from the database, and back them up: without them nothing stored can be read. */
import { randomBytes } from 'node:crypto';
import { createNamespace, type Environment } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';

const { SEEK_PASS_ENVIRONMENT, SEEK_PASS_CLIENT_ID: clientId } = process.env;
const environment = (['sandbox', 'staging', 'production'] satisfies Environment[]).find(
  (name) => name === SEEK_PASS_ENVIRONMENT,
);
if (environment === undefined || clientId === undefined || clientId === '') {
  console.error(
    'Set SEEK_PASS_ENVIRONMENT (sandbox, staging, production) and SEEK_PASS_CLIENT_ID: the namespace is bound to them.',
  );
  process.exitCode = 1;
} else {
  console.log(`SESSION_KEY=${randomBytes(32).toString('base64url')}`);
  console.log(`SEEK_PASS_KEY_RING='${generateKeyRing()}'`);
  console.log(`SEEK_PASS_CLAIM_KEY=${generateClaimKey()}`);
  console.log(`SEEK_PASS_NAMESPACE=${createNamespace({ environment, clientId })}`);
}
