import type { en } from './en/index.ts';

/** Every text of the administration in one language: the compiler refuses a language that lacks one. */
export type TextsOfStaff = Readonly<Record<keyof typeof en, string>>;
