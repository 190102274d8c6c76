import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, type Rule, strict, text, year, yearOrDay } from './field-schemas.ts';
import { inFuture } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { genericTitleFindings, issuerFindings, typeFindings } from './lint-titles.ts';
import { personal } from './personal-data.ts';

const subject = strict({
  name: text(),
  code: text(),
  grade: personal(text()),
  credit: text().optional(),
  score: personal(text()).optional(),
  completion_date: yearOrDay(),
});

const transcript = strict({
  overall: personal(strict({ issuance_date: day(), score: personal(text()).optional() })),
  subjects: personal(z.array(subject)),
});

/** A year once conferred; none while graduation is awaited. */
const conferralRule: Rule = ({ awaiting_graduation: awaiting, conferral_year: conferred }, report) => {
  if (awaiting === true && typeof conferred === 'string') {
    report(['conferral_year'], {
      code: 'conditional_field',
      message: 'has a year while awaiting_graduation is true',
      remedy: 'Send null while graduation is awaited, or leave awaiting_graduation out.',
    });
  }
  if (awaiting !== true && (conferred === undefined || conferred === null)) {
    report(['conferral_year'], {
      code: 'conditional_field',
      message: 'is required unless awaiting_graduation is true',
      remedy: 'Add the year, or set awaiting_graduation to true.',
    });
  }
};

/** Accredited degrees, vocational certificates, professional development (docs: "Education field descriptions"). */
export const education = defineCredential({
  type: 'education',
  scope: 'write.education',
  shape: {
    full_name: personal(personName()),
    education_provider: text(),
    course_name: text(),
    conferral_year: personal(year()).nullish(),
    awaiting_graduation: z.boolean().optional(),
    has_majors: z.boolean().optional(),
    majors: personal(z.array(text())).optional(),
    with_honours: personal(z.boolean()).optional(),
    transcript: personal(transcript).optional(),
  },
  rule: conferralRule,
  v1: { path: '/api/partner/v1/add/education.json', partnerChainAt: 'credential' },
  v2: {
    path: '/api/partner/v2/add/requests/education',
    jsonSuffix: true,
    documented: false,
    partnerChain: true,
    batchMember: 'education_items',
    batchKind: 'many',
  },
  documents: ['pdf', 'open_cert'],
  redirectType: 'education',
  updateKey: ['course_name', 'conferral_year', 'majors', 'with_honours'],
  lint: (fields, today) => [
    ...genericTitleFindings('course_name', fields.course_name),
    ...typeFindings('course_name', fields.course_name, 'education'),
    ...issuerFindings('education_provider', fields.education_provider),
    ...conferralFindings(fields.awaiting_graduation, fields.conferral_year, today),
    ...majorsFindings(fields.has_majors, fields.majors),
    ...inFuture('transcript.overall.issuance_date', fields.transcript?.overall.issuance_date, today),
    ...(fields.transcript?.subjects ?? []).flatMap((taken, index) =>
      inFuture(`transcript.subjects.${index}.completion_date`, taken.completion_date, today),
    ),
  ],
});

/** Docs: "Credential definitions". */
function conferralFindings(
  awaiting: boolean | undefined,
  conferred: string | null | undefined,
  today: string,
): LintFinding[] {
  if (awaiting === true) {
    return [
      finding(
        'awaiting_graduation',
        'awaiting_graduation',
        'info',
        'awaiting_graduation is only for the time before conferral, once all course requirements are met',
        'Check that the requirements are met, and that the degree is not conferred yet.',
      ),
    ];
  }
  if (typeof conferred !== 'string' || conferred <= today.slice(0, 4)) return [];
  return [
    finding(
      'conferral_year',
      'not_yet_conferred',
      'error',
      'conferral_year lies in the future',
      'Send it after conferral, or set awaiting_graduation to true once all course requirements are met.',
    ),
  ];
}

function majorsFindings(hasMajors: boolean | undefined, majors: readonly string[] = []): LintFinding[] {
  if (hasMajors === undefined || hasMajors === majors.length > 0) return [];
  return [
    finding(
      'has_majors',
      'majors_disagree',
      'warning',
      hasMajors ? 'has_majors is true but majors is empty' : 'has_majors is false but majors has entries',
      'Correct one of the two: the majors are part of the title that SEEK shows.',
    ),
  ];
}
