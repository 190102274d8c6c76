import type { WordKey } from '../words/word-key.ts';

/** Why an entry cannot be issued as it is; `undefined`: it can. Only what is saved and published is issued. */
export function whyNotIssued({
  unsaved,
  status,
}: {
  readonly unsaved: boolean;
  /** Of the Content Manager; absent where the content type has no drafts. */
  readonly status: unknown;
}): WordKey | undefined {
  if (status === 'draft') return 'entries.not.published';
  if (unsaved) return 'entries.not.saved';
  return status === 'modified' ? 'entries.not.latest' : undefined;
}
