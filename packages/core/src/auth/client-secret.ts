import { ConfigurationError } from '../errors.ts';
import { Secret } from '../redaction.ts';

const shortest = 12;

/** Made of nothing but the words of examples and templates. */
const placeholder =
  /^(?:your?|my|an?|insert|put|add|enter|replace|change|set|seekpass|partner|oauth|api|client|app|test|dummy|fake|sample|example|placeholder|default|secret|pass(?:word)?|token|key|value|string|here|me|it|this|with|todo|tbd|none|null|undefined|[0-9])+$/;

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
  const given = typeof secret === 'string' ? secret : '';
  const fault =
    given.trim() === ''
      ? 'is missing'
      : /\s/.test(given)
        ? 'has white space in or around it'
        : looksLikePlaceholder(given)
          ? 'looks like a placeholder'
          : given.length < shortest
            ? `is too short (under ${shortest} characters)`
            : undefined;
  if (fault === undefined) return new Secret(given);
  throw new ConfigurationError(
    `${name} ${fault}: set it to the client secret that SEEK Pass gave you for this environment.`,
  );
}

/** Whether a text is what examples and templates print where a secret belongs. */
function looksLikePlaceholder(text: string): boolean {
  return (
    /^[<[{($%].*[>\]})%]$|^\$\w+$|\.\.\.|…|^(.)\1*$/i.test(text) ||
    placeholder.test(text.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  );
}
