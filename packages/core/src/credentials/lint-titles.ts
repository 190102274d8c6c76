import type { CredentialType } from './credential-type.ts';
import { finding, type LintFinding, type LintSeverity } from './lint-finding.ts';

/** Small letters, one space between words, no punctuation: what a title says, however it is written. */
function plain(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}&]+/gu)
      ?.join(' ') ?? ''
  );
}

// Made by calls that are marked pure: a bundler leaves these patterns out of a program that does not lint.
function makeGenericTitle(): RegExp {
  const kind =
    '(certificat(e|ion)|statement|award|badge|diploma|course|training|workshop|seminar|webinar|micro ?credential|module|unit|class|program(me)?)';
  const deed =
    '(participation|completion|attendance|achievement|attainment|appreciation|accomplishment|recognition|excellence|merit|success|competency|training|proficiency)';
  return new RegExp(
    `^((an?|the|digital|official|online|short|course|training|e) )*(${kind}( (of|for))?( (successful|course))?( ${deed})?|${deed} ${kind})s?( \\d+)?$`,
  );
}

const genericTitle = /* @__PURE__ */ makeGenericTitle();

/**
 * The title must say what was learned. SEEK Pass says so of microcredentials, where it is an error (docs: "Learning and Development field
 * descriptions"); it is good sense for other types.
 */
export function genericTitleFindings(field: string, title: string, severity: LintSeverity): LintFinding[] {
  return genericTitle.test(plain(title))
    ? [
        finding(
          field,
          'generic_name',
          severity,
          'names a kind of document, not what was learned',
          'Use a title that says what it is about.',
        ),
      ]
    : [];
}

function makeVagueIssuer(): RegExp {
  const unit = '(department|dept|faculty|school|division|office|unit|team|cent(re|er))';
  const topic =
    '(hr|human resources|it|information technology|training|learning( (and|&) development)?|l&d|education|academy|college|university|institute|marketing|finance|accounting|business|engineering|science|health|nursing|sales|technology|data|data science|admin(istration)?|registry|student services|compliance|safety|management|leadership|design|law|arts)';
  return new RegExp(
    `^(the |our )?(${topic}( ${unit})?|${unit}( (of|for) .*)?|issuer|provider|organi[sz]ation|company|n a|none)$`,
  );
}

const vagueIssuer = /* @__PURE__ */ makeVagueIssuer();

/** The issuer must identify an organisation; said of microcredentials, as above. */
export function issuerFindings(field: string, issuer: string, severity: LintSeverity): LintFinding[] {
  return vagueIssuer.test(plain(issuer))
    ? [
        finding(
          field,
          'vague_issuer',
          severity,
          'names a topic or a department',
          'Use the name of the organisation.',
        ),
      ]
    : [];
}

const degree = /^((bachelor|master|doctor)s?|doctorate|associate degree)( degree)? (of|in) |^ph ?d\b/;
const vocational =
  /^(((advanced|associate) )?diploma|graduate (certificate|diploma)) (of|in) |^certificate (i{1,3}|iv|[1-4]) in /;
const englishTest =
  /\b(ielts|toefl|toeic|pte academic|linguaskill|duolingo english test|occupational english test)\b/;
const lesson = /\b(prepar\w*|course|training|workshop)\b/;
const shortTraining = /\b(workshop|webinar|seminar|boot ?camp|master ?class|short course)\b/;

/**
 * Whether the title belongs to another credential type: SEEK Pass takes no integration live that uses an unsuitable one (docs: "Credential
 * definitions").
 */
export function typeFindings(field: string, title: string, own: 'education' | 'other'): LintFinding[] {
  const words = plain(title);
  const wrong = (better: CredentialType, severity: LintSeverity): LintFinding[] => [
    finding(field, 'wrong_credential_type', severity, `reads like ${better}`, 'Check the credential type.'),
  ];
  if (englishTest.test(words) && !lesson.test(words)) return wrong('english_proficiency', 'warning');
  if (own === 'education') return shortTraining.test(words) ? wrong('microcredential', 'warning') : [];
  if (degree.test(words)) return wrong('education', 'error');
  return vocational.test(words) ? wrong('education', 'warning') : [];
}
