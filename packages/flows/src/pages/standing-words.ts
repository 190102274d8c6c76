import type { Brand } from '../flow-context.ts';
import type { Locale } from '../languages/locale.ts';
import type { ListedAward } from './claim-page.ts';
import { pageTexts, type TextKey } from './page-texts.ts';

const keys = {
  ready: 'standingReady',
  started: 'standingStarted',
  added: 'standingAdded',
  declined: 'standingDeclined',
  closed: 'standingClosed',
  paused: 'standingPaused',
  needs_mending: 'standingNeedsMending',
  withdrawn: 'standingWithdrawn',
} as const satisfies Readonly<Record<ListedAward['standing'], TextKey>>;

/** Where an award stands, in the words of the claim pages, as plain text for a page of the host. */
export function standingWords(
  standing: ListedAward['standing'],
  { name }: Pick<Brand, 'name'>,
  locale: Locale,
): string {
  return pageTexts[locale][keys[standing]].replace('{institution}', () => name);
}
