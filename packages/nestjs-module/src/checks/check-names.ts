import { requireKnown } from '@seek-pass-kit/core';
import type { FoundProblems } from './found-problems.ts';
import { registrationSettings, settingsOf } from './known-settings.ts';

/** What else than an object a setting with settings may be. */
const switches: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['claimPages', [true, false]],
  ['worker', [false]],
]);

/** Finds settings that do not exist, and what is no object where settings belong. */
export async function checkNames(options: object, problems: FoundProblems): Promise<void> {
  // A frequent mistake has a sentence of its own.
  for (const name of ['name', 'isGlobal']) {
    if (!(name in options)) continue;
    problems.add(
      name,
      `${name} stands beside useFactory, useClass or useExisting, not in the options that these give: move it there.`,
    );
  }
  await problems.of('', () => requireKnown('setting', registrationSettings, options));
  for (const [path, known] of settingsOf) {
    const settings = valueAt(options, path);
    if (settings === undefined || switches.get(path)?.includes(settings) === true) continue;
    if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
      problems.add(path, `${path} must be an object with its settings: correct it, or leave it out.`);
      continue;
    }
    await problems.of(path, () => requireKnown(`setting of ${path}`, known, settings));
  }
}

/** What the options have at a path such as `addFlow.mail.smtp`. */
function valueAt(options: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      options,
    );
}
