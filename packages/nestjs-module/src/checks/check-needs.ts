import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import type { FoundProblems } from './found-problems.ts';

/** Which parts of a registration there are. */
export function partsOf({ addFlow, claimPages, verifyFlow, webhooks }: SeekPassModuleOptions): string[] {
  const parts = Object.entries({ addFlow, claimPages, verifyFlow, webhooks });
  return parts.flatMap(([part, settings]) => (settings === undefined || settings === false ? [] : [part]));
}

/** Those of them that store something. */
function storingParts(options: SeekPassModuleOptions): string[] {
  const isRelay = options.webhooks?.withoutInbox !== undefined;
  return partsOf(options).filter((part) => part !== 'claimPages' && !(part === 'webhooks' && isRelay));
}

/** Finds settings that are missing because a part needs them. */
export function checkNeeds(options: SeekPassModuleOptions, problems: FoundProblems): void {
  const { addFlow, brand, claimPages, keys, store } = options;
  const storing = storingParts(options);
  const looking = storing.filter((part) => part !== 'webhooks');
  const missing = (setting: string, value: unknown, parts: readonly string[], remedy: string) => {
    if (value !== undefined || parts.length === 0) return;
    const need = parts.length === 1 ? 'needs' : 'need';
    problems.add(setting, `${setting} is missing: ${parts.join(' and ')} ${need} it. ${remedy}`);
  };
  missing('brand', brand, looking, "Write it like { name: 'Example University' }.");
  missing('store', store, storing, 'Write it like { postgres: { pool } }.');
  missing(
    'keys',
    keys,
    storing,
    'Give the text of a key ring, made once by generateKeyRing() and kept with your secrets.',
  );
  if (claimPages !== undefined && claimPages !== false && addFlow === undefined) {
    problems.add('claimPages', 'claimPages needs addFlow, whose awards are claimed there: add one of them.');
  }
}
