import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName } from './field-schemas.ts';
import { inFuture } from './lint-dates.ts';
import { finding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

/** A person whose identity document was checked (docs: "Digital identity field descriptions"). */
export const digitalIdentity = defineCredential({
  type: 'digital_identity',
  scope: 'write.digital_identity',
  shape: {
    full_name: personal(personName()),
    date_of_birth: personal(day()).nullish(),
    identity_document_validity: z.enum(['manual', 'government_database', 'verifiable_credential']),
    identity_document_liveness: z.enum(['automated', 'in_person']),
    identity_document_person_match: z.enum(['manual', 'automated', 'government_database']),
  },
  v1: { path: '/api/partner/v1/add/digital_identity.json', partnerChainAt: 'data' },
  v2: {
    path: '/api/partner/v2/add/requests/digital_identity',
    jsonSuffix: true,
    documented: false,
    partnerChain: true,
    batchMember: 'digital_identity',
    batchKind: 'one',
  },
  documents: [],
  redirectType: undefined,
  updateKey: undefined,
  lint: (fields, today) =>
    typeof fields.date_of_birth === 'string'
      ? inFuture('date_of_birth', fields.date_of_birth, today)
      : [
          finding(
            'date_of_birth',
            'birth_date_missing',
            'info',
            'date_of_birth is not given',
            'Add it if you know it: SEEK Pass encourages it.',
          ),
        ],
});
