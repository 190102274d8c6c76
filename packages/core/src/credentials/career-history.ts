import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { month, personName, strict, text } from './field-schemas.ts';
import { inFuture, outOfOrder } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { personal } from './personal-data.ts';

const employment = strict(
  {
    organisation: personal(text()),
    role_classification: personal(text()).optional(),
    role_title: personal(text()).optional(),
    start_date: month(),
    end_date: month().nullish(),
    last_processed_month: month(),
  },
  (record, report) => {
    if (record['role_classification'] !== undefined || record['role_title'] !== undefined) return;
    report(['role_title'], {
      code: 'conditional_field',
      message: 'or role_classification is required',
      remedy: 'Add at least one of the two; both are better.',
    });
  },
);

/** Where a person worked (docs: "Career history field descriptions"). All its dates are months. */
export const careerHistory = defineCredential({
  type: 'career_history',
  scope: 'write.career_history',
  shape: {
    full_name: personal(personName()),
    employment: personal(z.array(employment)).optional(),
  },
  v1: { path: '/api/partner/v1/add/career_history.json', partnerChainAt: 'credential' },
  v2: {
    path: '/api/partner/v2/add/requests/career_history',
    jsonSuffix: false,
    documented: true,
    partnerChain: true,
    batchMember: 'career_history',
    batchKind: 'one',
  },
  documents: [],
  redirectType: undefined,
  updateKey: undefined,
  lint: (fields, today) =>
    fields.employment === undefined || fields.employment.length === 0
      ? [
          finding(
            'employment',
            'no_employment',
            'warning',
            'employment has no records',
            'Add one record per period of employment.',
          ),
        ]
      : fields.employment.flatMap((record, index) =>
          employmentFindings(`employment.${index}.`, record, today),
        ),
});

function employmentFindings(at: string, record: z.output<typeof employment>, today: string): LintFinding[] {
  const found = [
    ...inFuture(`${at}start_date`, record.start_date, today),
    ...inFuture(`${at}last_processed_month`, record.last_processed_month, today),
    ...outOfOrder(`${at}start_date`, record.start_date, `${at}end_date`, record.end_date),
    ...outOfOrder(
      `${at}start_date`,
      record.start_date,
      `${at}last_processed_month`,
      record.last_processed_month,
    ),
  ];
  const absent = record.role_title === undefined ? 'role_title' : 'role_classification';
  if (record[absent] === undefined) {
    found.push(
      finding(
        `${at}${absent}`,
        'incomplete_role',
        'info',
        `${absent} is not given`,
        'Add it: a broad classification and a specific title together are clearest.',
      ),
    );
  }
  return found;
}
