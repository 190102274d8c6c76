import { ConfigurationError } from '../errors.ts';
import { Secret } from '../redaction.ts';

const shortestSecret = 12;

/** Words that stand in examples and templates; compared without case, spaces and punctuation. */
const placeholders =
  /^(?:(?:your|my|the|a|an|some|insert|put|add|enter|replace|change|set|seekpass|partner|oauth|api|client|app|test|dummy|fake|sample|example|placeholder|default|secret|password|passwd|token|key|value|string|here|me|it|this|with|todo|tbd|fixme|none|null|undefined|empty|unset|hunter|0|1|2|3|123|1234|12345|123456)+|x+|y+|z+|0+|1+|0123456789\w*|1234567890\w*|abcdefg\w*|qwerty\w*)$/;

/** Reads `clientSecret`: one, or the newest and the previous during a rotation. Placeholders are refused (security rule 3). */
export function readClientSecrets(setting: unknown): readonly Secret[] {
  const given: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  if (given.length === 0 || given.length > 2) {
    throw new ConfigurationError(
      'clientSecret takes one secret, or two during a rotation: [newest, previous].',
    );
  }
  return given.map((secret, index) =>
    readOne(secret, given.length === 2 ? `clientSecret[${index}]` : 'clientSecret'),
  );
}

function readOne(secret: unknown, name: string): Secret {
  if (typeof secret !== 'string' || secret.trim() === '') {
    throw new ConfigurationError(
      `${name} is missing: set it to the client secret that SEEK Pass gave you for this environment.`,
    );
  }
  if (secret !== secret.trim() || /\s/.test(secret)) {
    throw new ConfigurationError(
      `${name} has white space in or around it: copy the secret again without it.`,
    );
  }
  if (looksLikePlaceholder(secret)) {
    throw new ConfigurationError(
      `${name} looks like a placeholder: set it to the client secret that SEEK Pass gave you for this environment.`,
    );
  }
  if (secret.length < shortestSecret) {
    throw new ConfigurationError(
      `${name} is too short to be a client secret (under ${shortestSecret} characters): copy the whole secret that SEEK Pass gave you.`,
    );
  }
  return new Secret(secret);
}

/** Whether a text is what examples and templates print where a secret belongs. */
export function looksLikePlaceholder(text: string): boolean {
  if (/^[<[{(%$].*[>\]})%]$|^\$[A-Za-z_]\w*$|\.\.\.|…|\*\*\*/.test(text)) return true;
  if (/^(.)\1*$/.test(text)) return true;
  return placeholders.test(text.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
