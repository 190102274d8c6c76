import { z } from 'zod';
import { defineCredential } from './definition.ts';
import { day, personName, strict, text } from './field-schemas.ts';
import { expired, inFuture, outOfOrder } from './lint-dates.ts';
import { finding, type LintFinding } from './lint-finding.ts';
import { issuerFindings } from './lint-titles.ts';
import { personal } from './personal-data.ts';

const level = text().optional();

const testScores = strict({
  cefr_scores: personal(
    strict({ combined: level, reading: level, listening: level, speaking: level, writing: level }),
  ),
  overall: personal(strict({ score: personal(text()), scale: text() })),
  subskills: personal(z.array(strict({ skill: text(), score: personal(text()) }))).optional(),
});

/** An English test (docs: "English proficiency field descriptions"). */
export const englishProficiency = defineCredential({
  type: 'english_proficiency',
  scope: 'write.english_proficiency',
  shape: {
    full_name: personal(personName()),
    test_provider: text(),
    test_name: text(),
    completion_date: day(),
    expiry_date: day().optional(),
    test_scores: personal(testScores),
  },
  v1: { path: '/api/partner/v1/add/english_proficiency.json', partnerChainAt: 'test_scores' },
  v2: {
    path: '/api/partner/v2/add/requests/english_proficiency',
    jsonSuffix: true,
    documented: false,
    partnerChain: true,
    batchMember: 'english_proficiency_items',
    batchKind: 'many',
  },
  documents: ['english_assessment'],
  redirectType: 'englishProficiency',
  updateKey: ['test_name', 'test_provider'],
  lint: (fields, today) => [
    ...issuerFindings('test_provider', fields.test_provider),
    ...inFuture('completion_date', fields.completion_date, today),
    ...expired(fields.expiry_date, today),
    ...outOfOrder('completion_date', fields.completion_date, 'expiry_date', fields.expiry_date),
    ...cefrFindings(fields.test_scores.cefr_scores),
  ],
});

const skills = ['combined', 'reading', 'listening', 'speaking', 'writing'] as const;

/** SEEK shows CEFR scores, combined and per skill, in one way for all tests (docs: "English field descriptions"). */
function cefrFindings(
  scores: { readonly [K in (typeof skills)[number]]?: string | undefined },
): LintFinding[] {
  const missing = skills.filter((skill) => scores[skill] === undefined);
  if (missing.length === 0) return [];
  return [
    finding(
      'test_scores.cefr_scores',
      'cefr_missing',
      missing.length === skills.length ? 'warning' : 'info',
      `cefr_scores has no ${missing.join(', ')}`,
      'Give the CEFR scores for combined and each skill, so that SEEK can show them.',
    ),
  ];
}
