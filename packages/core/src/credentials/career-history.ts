import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { month, personalText, personName, strict } from './field-schemas.ts';
import { inFuture, outOfOrder } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

const employment = strict(
  {
    organisation: personalText,
    role_classification: personalText.optional(),
    role_title: personalText.optional(),
    start_date: month,
    end_date: month.nullish(),
    last_processed_month: month,
  },
  (record, report) => {
    if (record['role_classification'] !== undefined || record['role_title'] !== undefined) return;
    report(['role_title'], {
      code: 'conditional_field',
      message: 'or role_classification is required',
      remedy: 'Add at least one of the two.',
    });
  },
);

/** Where a person worked (docs: "Career history field descriptions"). All its dates are months. */
export const careerHistory = defineCredential({
  type: 'career_history',
  scope: 'write.career_history',
  shape: {
    full_name: personName,
    employment: personal(z.array(employment)).optional(),
  },
  v1PartnerChainAt: 'credential',
  v2: { jsonSuffix: false, documented: true, batchMember: 'career_history', batchKind: 'one' },
  documents: [],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintCareerHistory(
  { employment: records = [] }: z.output<typeof careerHistory.fields>,
  today: string,
): LintFinding[] {
  return records.length === 0
    ? [
        finding(
          'employment',
          'no_employment',
          'warning',
          'has no records',
          'Add one for each period of employment.',
        ),
      ]
    : records.flatMap((record, index) => employmentFindings(`employment.${index}.`, record, today));
}

function employmentFindings(at: string, record: z.output<typeof employment>, today: string): LintFinding[] {
  const { role_title, role_classification, start_date, end_date, last_processed_month } = record;
  const found = [
    ...inFuture(`${at}start_date`, start_date, today),
    ...inFuture(`${at}last_processed_month`, last_processed_month, today),
    ...outOfOrder('start_date', start_date, `${at}end_date`, end_date),
    ...outOfOrder('start_date', start_date, `${at}last_processed_month`, last_processed_month),
  ];
  if (role_title === undefined || role_classification === undefined) {
    const absent = role_title === undefined ? 'role_title' : 'role_classification';
    found.push(
      finding(at + absent, 'incomplete_role', 'info', 'is not given', 'Add it: SEEK Pass advises both.'),
    );
  }
  return found;
}
