import type { z } from 'zod';
import { defineCredential } from './definition.ts';
import { countryCode, personalText, personName } from './field-schemas.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

/** The right to work in a country (docs: "Right to work field descriptions"). */
export const rightToWork = defineCredential({
  type: 'right_to_work',
  scope: 'write.right_to_work',
  shape: {
    full_name: personName,
    country: personal(countryCode),
    singapore_work_rights: personalText.optional(),
  },
  rule: (fields, report) => {
    if (fields['country'] !== 'SG' || fields['singapore_work_rights'] !== undefined) return;
    report(['singapore_work_rights'], {
      code: 'conditional_field',
      message: 'is required when country is SG',
      remedy: 'Add it; the documented value is resident.',
    });
  },
  v1PartnerChainAt: 'credential',
  documents: [],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintRightToWork({
  country,
  singapore_work_rights: rights,
}: z.output<typeof rightToWork.fields>): LintFinding[] {
  const found = [];
  if (
    country === 'UK' ||
    new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country) === undefined
  ) {
    found.push(
      finding('country', 'unlikely_country', 'warning', 'is not in ISO 3166', 'Use a code like SG or GB.'),
    );
  }
  if (rights !== undefined && (country !== 'SG' || rights !== 'resident')) {
    found.push(
      finding(
        'singapore_work_rights',
        'unlikely_work_rights',
        'warning',
        'is documented only as resident, for SG',
        'Correct it, or ask SEEK Pass.',
      ),
    );
  }
  return found;
}
