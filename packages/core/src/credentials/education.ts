import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, strict, text, year, yearOrDay, personalText } from './field-schemas.ts';
import { inFuture } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { genericTitleFindings, issuerFindings, typeFindings } from './lint-titles.ts';
import { personal } from './personal-data.ts';

const subject = strict({
  name: text,
  code: text,
  grade: personalText,
  credit: text.optional(),
  score: personalText.optional(),
  completion_date: yearOrDay,
});

const transcript = strict({
  overall: personal(strict({ issuance_date: day, score: personalText.optional() })),
  subjects: personal(z.array(subject)),
});

/** Accredited degrees, vocational certificates, professional development (docs: "Education field descriptions"). */
export const education = defineCredential({
  type: 'education',
  scope: 'write.education',
  shape: {
    full_name: personName,
    education_provider: text,
    course_name: text,
    conferral_year: personal(year.nullish()),
    awaiting_graduation: z.boolean().optional(),
    has_majors: z.boolean().optional(),
    majors: personal(z.array(text)).optional(),
    with_honours: personal(z.boolean()).optional(),
    transcript: personal(transcript).optional(),
  },
  rule: ({ awaiting_graduation: awaiting, conferral_year: conferred }, report) => {
    if ((awaiting === true) !== ((conferred ?? null) !== null)) return;
    report(['conferral_year'], {
      code: 'conditional_field',
      message: 'is required, unless awaiting_graduation is true: then it is null',
      remedy: 'Correct one of the two.',
    });
  },
  v1PartnerChainAt: 'credential',
  documents: ['pdf', 'open_cert'],
  redirectType: 'education',
  updateKey: ['course_name', 'conferral_year', 'majors', 'with_honours'],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintEducation(fields: z.output<typeof education.fields>, today: string): LintFinding[] {
  return [
    ...genericTitleFindings('course_name', fields.course_name, 'warning'),
    ...typeFindings('course_name', fields.course_name, 'education'),
    ...issuerFindings('education_provider', fields.education_provider, 'warning'),
    ...timingFindings(fields.awaiting_graduation, fields.conferral_year, today),
    ...majorsFindings(fields.has_majors, fields.majors),
    ...inFuture('transcript.overall.issuance_date', fields.transcript?.overall.issuance_date, today),
    ...(fields.transcript?.subjects ?? []).flatMap(({ completion_date }, index) =>
      inFuture(`transcript.subjects.${index}.completion_date`, completion_date, today),
    ),
  ];
}

/** Education is for after conferral; awaiting graduation only for the time before it (docs: "Credential definitions"). */
function timingFindings(
  awaiting = false,
  conferred: string | null | undefined,
  today: string,
): LintFinding[] {
  if (awaiting) {
    return [
      finding(
        'awaiting_graduation',
        'awaiting_graduation',
        'info',
        'is only for the time before conferral',
        'Check that all course requirements are met and the degree is not conferred yet.',
      ),
    ];
  }
  if (typeof conferred !== 'string' || conferred <= today.slice(0, 4)) return [];
  return [
    finding(
      'conferral_year',
      'not_yet_conferred',
      'error',
      'lies in the future',
      'Send it after conferral; or set awaiting_graduation once all course requirements are met.',
    ),
  ];
}

function majorsFindings(hasMajors: boolean | undefined, majors: readonly string[] = []): LintFinding[] {
  if (hasMajors === undefined || hasMajors === majors.length > 0) return [];
  return [
    finding('has_majors', 'majors_disagree', 'warning', 'and majors disagree', 'Correct one of the two.'),
  ];
}
