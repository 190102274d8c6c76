import { createHmac } from 'node:crypto';
import { ConfigurationError } from '../errors.ts';

/** Keyed with the text of the secret as it is, not with the bytes its hex stands for. Lower-case hex. */
export function computeSignature(secret: string, timestamp: string, body: string | Uint8Array): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

const shortestSecret = 16;

/** Words that stand in templates where a secret belongs; a secret made of them alone can be guessed. */
const placeholder =
  /^(?:(?:your|my|the|a|an|seek|pass|webhook|signing|shared|secret|token|key|value|here|change|me|replace|this|with|insert|put|test|dummy|fake|example|sample|placeholder|default|todo)[^a-z0-9]*)+$|^(.)\1*$/i;

/**
 * Checks secrets that a host holds itself, newest first, when it starts instead of at the first webhook.
 *
 * @throws {ConfigurationError} `invalid_configuration` when there is none, or one that cannot be right: too short, a placeholder, with white
 * space around it. The message holds no secret.
 */
export function requireWebhookSecrets(secrets: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (list.length === 0) requireSecret(undefined);
  return list.map(requireSecret);
}

/** @throws {ConfigurationError} `invalid_configuration`. */
export function requireSecret(secret: unknown): string {
  if (typeof secret !== 'string' || secret === '') {
    throw new ConfigurationError(
      'A webhook secret is missing. Set it to the `secret` that SEEK Pass returned when the webhook was created.',
    );
  }
  // A line break that came along from a file or a form makes every signature wrong, without a hint why.
  if (secret.trim() !== secret) {
    throw new ConfigurationError('A webhook secret begins or ends with white space. Remove it.');
  }
  if (secret.length < shortestSecret || placeholder.test(secret)) {
    throw new ConfigurationError(
      'A webhook secret is too short or looks like a placeholder. Set it to the whole `secret` that SEEK Pass returned.',
    );
  }
  return secret;
}
