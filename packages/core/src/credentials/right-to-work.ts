import { defineCredential } from './definition.ts';
import { countryCode, personName, text } from './field-schemas.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

/** The right to work in a country (docs: "Right to work field descriptions"). */
export const rightToWork = defineCredential({
  type: 'right_to_work',
  scope: 'write.right_to_work',
  shape: {
    full_name: personal(personName()),
    country: personal(countryCode()),
    singapore_work_rights: personal(text()).optional(),
  },
  rule: (fields, report) => {
    if (fields['country'] !== 'SG' || fields['singapore_work_rights'] !== undefined) return;
    report(['singapore_work_rights'], {
      code: 'conditional_field',
      message: 'is required when country is SG',
      remedy: 'Add it; the documented value is resident.',
    });
  },
  v1: { path: '/api/partner/v1/add/right_to_work.json', partnerChainAt: 'credential' },
  v2: {
    path: '/api/partner/v2/add/requests/right_to_work',
    jsonSuffix: true,
    documented: false,
    partnerChain: true,
    batchMember: 'right_to_work_items',
    batchKind: 'many',
  },
  documents: [],
  redirectType: undefined,
  updateKey: undefined,
  lint: (fields) => [...countryFindings(fields.country), ...workRightsFindings(fields)],
});

function countryFindings(country: string): LintFinding[] {
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country);
  if (known !== undefined && country !== 'UK') return [];
  return [
    finding(
      'country',
      'unlikely_country',
      'warning',
      'country is not a code in ISO 3166',
      'Use the two-letter code of the country, like GB for the United Kingdom.',
    ),
  ];
}

function workRightsFindings(fields: {
  readonly country: string;
  readonly singapore_work_rights?: string | undefined;
}): LintFinding[] {
  const rights = fields.singapore_work_rights;
  if (rights === undefined || (fields.country === 'SG' && rights === 'resident')) return [];
  return [
    finding(
      'singapore_work_rights',
      'unlikely_work_rights',
      'warning',
      fields.country === 'SG'
        ? 'singapore_work_rights is not resident, the only value that SEEK Pass documents'
        : 'singapore_work_rights is given for another country',
      fields.country === 'SG'
        ? 'Ask SEEK Pass whether it takes other values.'
        : 'Leave it out, or correct the country.',
    ),
  ];
}
