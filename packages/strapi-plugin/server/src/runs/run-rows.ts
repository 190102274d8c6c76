import { createHash } from 'node:crypto';
import type { AwardInput } from '@seek-pass-kit/flows';
import type { Finding, RunRow, RunVault } from '@seek-pass-kit/flows/bulk';

/** A row of a run as it would be issued now. */
export interface ReadRow extends RunRow {
  /** The entry, when it is there and may be read. */
  readonly entryVersion?: string;
}

/** What is compared between the dry run and issuing: whatever reaches the learner or SEEK Pass. */
export function fingerprintOf(vault: RunVault, { key, recipient, credential, file }: AwardInput): string {
  const bytes = file === undefined ? null : createHash('sha256').update(file.bytes).digest('base64url');
  return vault.fingerprint(JSON.stringify([key, recipient, credential, file?.type ?? null, bytes]));
}

/** Whose a row is, for rows of one person to stand together. */
export function personOf(vault: RunVault, { recipient }: AwardInput): string {
  return vault.fingerprint(
    JSON.stringify(['person', recipient.email.toLowerCase(), recipient.fullName, recipient.subject ?? null]),
  );
}

const refusal = (code: string, message: string, remedy: string): Finding => ({
  severity: 'problem',
  field: '',
  code,
  message,
  remedy,
});

/** The code of what a mapping found in an entry. */
export const mappingFinding = 'mapping';

/** Why the rest of a run is refused when its starter may not go on. */
export const notPermitted = refusal(
  'not_permitted',
  'Whoever started this run may not issue many at once any more',
  'Ask somebody who may to issue these again.',
);

export const notReadable = refusal(
  'not_readable',
  'You may not read this entry',
  'Ask an administrator for permission to read it.',
);

export const notPublished = refusal(
  'not_published',
  'There is no published version of this entry',
  'Publish it, then issue it.',
);

export const otherPublished = refusal(
  'other_published_version',
  'The published version does not fit the filter: the entry was changed after it was published',
  'Publish the changes, then issue it.',
);

export const changedSince = refusal(
  'changed_since_check',
  'It is not what was shown before issuing: it was changed meanwhile',
  'Start again with these rows and look at what would be issued.',
);

/** The row without what would be issued. */
export function refusedRow(row: Pick<RunRow, 'row' | 'key'>, ...findings: readonly Finding[]): ReadRow {
  return { row: row.row, key: row.key, input: undefined, findings };
}
