import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, strict, text, personalText } from './field-schemas.ts';
import { expired, inFuture, outOfOrder } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { issuerFindings } from './lint-titles.ts';
import { personal } from './personal-data.ts';

const level = text.optional();
const cefrScores = strict({
  combined: level,
  reading: level,
  listening: level,
  speaking: level,
  writing: level,
});

/** An English test (docs: "English proficiency field descriptions"). */
export const englishProficiency = defineCredential({
  type: 'english_proficiency',
  scope: 'write.english_proficiency',
  shape: {
    full_name: personName,
    test_provider: text,
    test_name: text,
    completion_date: day,
    expiry_date: day.optional(),
    test_scores: personal(
      strict({
        cefr_scores: personal(cefrScores),
        overall: personal(strict({ score: personalText, scale: text })),
        subskills: personal(z.array(strict({ skill: text, score: personalText }))).optional(),
      }),
    ),
  },
  v1PartnerChainAt: 'test_scores',
  documents: ['english_assessment'],
  redirectType: 'englishProficiency',
  updateKey: ['test_name', 'test_provider'],
});

/** What SEEK's content rules and plain sense say about valid fields; `today` is `YYYY-MM-DD`. */
export function lintEnglishProficiency(
  fields: z.output<typeof englishProficiency.fields>,
  today: string,
): LintFinding[] {
  return [
    ...issuerFindings('test_provider', fields.test_provider, 'warning'),
    ...inFuture('completion_date', fields.completion_date, today),
    ...expired(fields.expiry_date, today),
    ...outOfOrder('completion_date', fields.completion_date, 'expiry_date', fields.expiry_date),
    ...cefrFindings(fields.test_scores.cefr_scores),
  ];
}

/** SEEK shows the CEFR scores of all tests in one way (docs: "English field descriptions"). */
function cefrFindings(scores: z.output<typeof cefrScores>): LintFinding[] {
  const skills = cefrScores.keyof().options;
  const missing = skills.filter((skill) => scores[skill] === undefined);
  if (missing.length === 0) return [];
  return [
    finding(
      'test_scores.cefr_scores',
      'cefr_missing',
      missing.length === skills.length ? 'warning' : 'info',
      `has no ${missing.join(', ')}`,
      'Add them, so that SEEK can show the test like others.',
    ),
  ];
}
