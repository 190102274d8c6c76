import { Secret } from '../redaction.ts';
import { requireSetting } from '../require-setting.ts';

const shortest = 12;

/** Made of nothing but the words of examples and templates. */
const placeholder =
  /^(?:your?|my|an?|insert|put|add|enter|replace|change|set|seekpass|partner|oauth|api|client|app|test|dummy|fake|sample|example|placeholder|default|secret|pass(?:word)?|token|key|value|string|here|me|it|this|with|todo|tbd|none|null|undefined|[0-9])+$/;

/** The newest secret and, during a rotation, the one before it. */
export type ClientSecrets = readonly [newest: Secret, previous?: Secret];

/** Reads `clientSecret`: one, or the newest and the previous during a rotation. Placeholders are refused (security rule 3). */
export function readClientSecrets(setting: unknown): ClientSecrets {
  if (!Array.isArray(setting)) return [readOne('clientSecret', setting)];
  requireSetting(
    setting.length === 1 || setting.length === 2,
    'clientSecret',
    'takes one secret, or two during a rotation: [newest, previous]',
  );
  return setting.map((secret, index) =>
    readOne(`clientSecret[${index}]`, secret),
  ) as unknown as ClientSecrets;
}

function readOne(name: string, secret: unknown): Secret {
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
  requireSetting(
    fault === undefined,
    name,
    `${fault}: set it to the client secret that SEEK Pass gave you for this environment`,
  );
  return new Secret(given);
}

/** Whether a text is what examples and templates print where a secret belongs. */
function looksLikePlaceholder(text: string): boolean {
  return (
    /^[<[{($%].*[>\]})%]$|^\$\w+$|\.\.\.|…|^(.)\1*$/i.test(text) ||
    placeholder.test(text.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  );
}
