import type { en } from '../translations/en/index.ts';

/** The name of a text, as the files of `translations/en` have it. */
export type WordKey = keyof typeof en;
