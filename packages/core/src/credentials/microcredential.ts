import type { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, text, personalText } from './field-schemas.ts';
import { expired, inFuture, outOfOrder } from './lint-dates.ts';
import type { LintFinding } from './lint-finding.ts';
import { genericTitleFindings, issuerFindings, typeFindings } from './lint-titles.ts';

/** Training outside accredited education (docs: "Learning and Development field descriptions"). */
export const microcredential = defineCredential({
  type: 'microcredential',
  scope: 'write.microcredential',
  shape: {
    full_name: personName,
    issuer_name: text,
    microcredential_name: text,
    issue_date: day,
    expiry_date: day.optional(),
    assessment_result: personalText.nullish(),
  },
  v1PartnerChainAt: 'credential',
  documents: ['pdf', 'png', 'jpg', 'open_cert'],
  redirectType: 'microcredential',
  updateKey: ['microcredential_name', 'issuer_name'],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintMicrocredential(
  fields: z.output<typeof microcredential.fields>,
  today: string,
): LintFinding[] {
  return [
    ...genericTitleFindings('microcredential_name', fields.microcredential_name, 'error'),
    ...typeFindings('microcredential_name', fields.microcredential_name, 'other'),
    ...issuerFindings('issuer_name', fields.issuer_name, 'error'),
    ...inFuture('issue_date', fields.issue_date, today),
    ...expired(fields.expiry_date, today),
    ...outOfOrder('issue_date', fields.issue_date, 'expiry_date', fields.expiry_date),
  ];
}
