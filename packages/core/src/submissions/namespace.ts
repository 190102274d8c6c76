import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ConfigurationError } from '../errors.ts';
import type { Environment } from '../options.ts';
import { lengthPrefixed } from './length-prefix.ts';

/** What a namespace belongs to. */
export interface NamespaceBinding {
  readonly environment: Environment;
  readonly clientId: string;
}

const form = /^spns1\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/;

/**
 * Makes the namespace of an issuer's submission ids (security rule 2): a random secret, bound to one environment and client id. Make
 * it once, store it beside the awards and back it up: without it the open submissions cannot be named any more.
 */
export function createNamespace(binding: NamespaceBinding): string {
  return bind(randomBytes(32), binding);
}

/**
 * Stops the start when the namespace belongs to another client: a staging database restored in production would otherwise submit
 * under ids that mean something else there. Throws `ConfigurationError`.
 */
export function checkNamespace(namespace: string, binding: NamespaceBinding): void {
  const right = Buffer.from(bind(namespaceSecret(namespace), binding));
  const given = Buffer.from(namespace);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new ConfigurationError(
      `The namespace of submission ids belongs to another client id or environment than this ${binding.environment} client: check that the database is the right one.`,
    );
  }
}

/**
 * Binds the same namespace to another client id, for the day SEEK Pass gives the issuer a new one. A deliberate act of a person: never
 * call it because {@link checkNamespace} failed.
 */
export function bindNamespace(namespace: string, binding: NamespaceBinding): string {
  return bind(namespaceSecret(namespace), binding);
}

/** The key for the ids. */
export function namespaceSecret(namespace: string): Buffer {
  const secret = typeof namespace === 'string' ? form.exec(namespace)?.[1] : undefined;
  if (secret === undefined) {
    throw new ConfigurationError(
      'The namespace of submission ids is missing or damaged: restore it, or make one with createNamespace().',
    );
  }
  return Buffer.from(secret, 'base64url');
}

function bind(secret: Buffer, { environment, clientId }: NamespaceBinding): string {
  const tag = createHmac('sha256', secret)
    .update(lengthPrefixed('seek-pass-kit namespace 1', environment, clientId))
    .digest()
    .subarray(0, 16);
  return `spns1.${secret.toString('base64url')}.${tag.toString('base64url')}`;
}
