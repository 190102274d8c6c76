import type { z } from 'zod';

/** Words that a setting with a secret in it would be called by. */
const secretWords = /secret|password|token|claimKey|namespace|keyRing|databaseUrl/i;

/**
 * What is wrong with a file of settings: one sentence per problem, with the path and the remedy. Never a value: it may be a secret that was put
 * into the wrong place.
 *
 * @param contents as parsed from the file.
 */
export function problemSentences(
  file: string,
  contents: unknown,
  error: z.ZodError,
  holdsSecrets: boolean,
): string[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const name = path === '' ? key : `${path}.${key}`;
        const remedy =
          !holdsSecrets && secretWords.test(key)
            ? 'secrets belong into seek-pass.secrets.json or the environment'
            : 'correct its name, or leave it out';
        return `${file}: ${name} is not a setting here: ${remedy}.`;
      });
    }
    const what = valueAt(contents, issue.path) === undefined ? 'is missing' : 'is not right';
    return `${file}: ${path === '' ? 'the file' : path} ${what}: ${issue.message}.`;
  });
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function valueAt(contents: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    contents,
  );
}
