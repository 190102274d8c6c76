import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName } from './field-schemas.ts';
import { inFuture } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

/** A person whose identity document was checked (docs: "Digital identity field descriptions"). */
export const digitalIdentity = defineCredential({
  type: 'digital_identity',
  scope: 'write.digital_identity',
  shape: {
    full_name: personName,
    date_of_birth: personal(day.nullish()),
    identity_document_validity: z.enum(['manual', 'government_database', 'verifiable_credential']),
    identity_document_liveness: z.enum(['automated', 'in_person']),
    identity_document_person_match: z.enum(['manual', 'automated', 'government_database']),
  },
  v1PartnerChainAt: 'data',
  v2: { batchMember: 'digital_identity', batchKind: 'one' },
  documents: [],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintDigitalIdentity(
  { date_of_birth: birth }: z.output<typeof digitalIdentity.fields>,
  today: string,
): LintFinding[] {
  return typeof birth === 'string'
    ? inFuture('date_of_birth', birth, today)
    : [finding('date_of_birth', 'birth_date_missing', 'info', 'is not given', 'Add it if you know it.')];
}
