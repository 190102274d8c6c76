import { finding, type LintFinding } from './lint-finding.ts';

/** Small letters, one space between words, no punctuation: what a title says, however it is written. */
function plain(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}&]+/gu)
      ?.join(' ') ?? ''
  );
}

const kind =
  '(certificat(e|ion)|statement|award|badge|diploma|course|training|workshop|seminar|webinar|micro ?credential|module|unit|class|program(me)?)';
const deed =
  '(participation|completion|attendance|achievement|attainment|appreciation|accomplishment|recognition|excellence|merit|success|competency|training|proficiency)';
const genericTitle = new RegExp(
  `^((an?|the|digital|official|online|short|course|training|e) )*(${kind}( (of|for))?( (successful|course))?( ${deed})?|${deed} ${kind})s?( \\d+)?$`,
);

/** The title must say what was learned (docs: "Learning and Development field descriptions"). */
export function genericTitleFindings(field: string, title: string): LintFinding[] {
  return genericTitle.test(plain(title))
    ? [
        finding(
          field,
          'generic_name',
          'error',
          'names a kind of document, not what was learned',
          'Use a title that says what it is about.',
        ),
      ]
    : [];
}

const unit = '(department|dept|faculty|school|division|office|unit|team|cent(re|er))';
const topic =
  '(hr|human resources|it|information technology|training|learning( (and|&) development)?|l&d|education|academy|college|university|institute|marketing|finance|accounting|business|engineering|science|health|nursing|sales|technology|data|data science|admin(istration)?|registry|student services|compliance|safety|management|leadership|design|law|arts)';
const vagueIssuer = new RegExp(
  `^(the |our )?(${topic}( ${unit})?|${unit}( (of|for) .*)?|issuer|provider|organi[sz]ation|company|n a|none)$`,
);

/** The issuer must identify an organisation (docs: "Learning and Development field descriptions"). */
export function issuerFindings(field: string, issuer: string): LintFinding[] {
  return vagueIssuer.test(plain(issuer))
    ? [
        finding(
          field,
          'vague_issuer',
          'error',
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
  const inEducation = own === 'education';
  const better =
    englishTest.test(words) && !lesson.test(words)
      ? 'english_proficiency'
      : inEducation && shortTraining.test(words)
        ? 'microcredential'
        : !inEducation && (degree.test(words) || vocational.test(words))
          ? 'education'
          : undefined;
  return better === undefined
    ? []
    : [
        finding(
          field,
          'wrong_credential_type',
          !inEducation && degree.test(words) ? 'error' : 'warning',
          `reads like ${better}`,
          'Check the credential type.',
        ),
      ];
}
