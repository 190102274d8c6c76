import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, strict, text } from './field-schemas.ts';
import { expired, inFuture, outOfOrder } from './lint-dates.ts';
import type { LintFinding } from './lint-finding.ts';
import { genericTitleFindings, issuerFindings, typeFindings } from './lint-titles.ts';
import { personal } from './personal-data.ts';

const detail = text.nullish();

const details = strict({
  scope_of_practice: detail,
  version: detail,
  country: detail,
  state: detail,
  province: detail,
  city: detail,
  region: detail,
  place: detail,
  speciality: z.array(text).nullish(),
  date_completed: day.nullish(),
});

/** Any other credential, like a licence (docs: "Universal credential field descriptions"). Only v2 has it. */
export const universalCredential = defineCredential({
  type: 'universal_credential',
  scope: 'write.universal',
  shape: {
    full_name: personName,
    credential_name: text,
    issuer_name: text,
    credential_category: text,
    expiry_date: day.nullish(),
    credential_details: personal(details).nullish(),
  },
  v2: { documented: true, partnerChain: false },
  documents: ['pdf', 'jpg', 'png'],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintUniversalCredential(
  fields: z.output<typeof universalCredential.fields>,
  today: string,
): LintFinding[] {
  const completed = fields.credential_details?.date_completed;
  return [
    ...genericTitleFindings('credential_name', fields.credential_name, 'warning'),
    ...typeFindings('credential_name', fields.credential_name, 'other'),
    ...issuerFindings('issuer_name', fields.issuer_name, 'warning'),
    ...inFuture('credential_details.date_completed', completed, today),
    ...expired(fields.expiry_date, today),
    ...outOfOrder('date_completed', completed, 'expiry_date', fields.expiry_date),
  ];
}
