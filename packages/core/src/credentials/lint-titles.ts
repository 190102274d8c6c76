import { finding, type LintFinding } from './lint-finding.ts';

/** Small letters, one space between words, no punctuation: what a title says, however it is written. */
function plain(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}&]+/gu, ' ')
    .trim();
}

const kind =
  '(?:certificate|certification|statement|award|badge|diploma|course|training|workshop|seminar|webinar|micro ?credential|module|unit|class|lesson|program(?:me)?)';
const deed =
  '(?:participation|completion|attendance|achievement|attainment|appreciation|accomplishment|recognition|excellence|merit|success|competency?|training|proficiency)';
const genericTitle = new RegExp(
  `^(?:(?:an?|the|official|digital|verified|online|short|final|professional|course|training|e) )*(?:${kind}(?: (?:of|for|in))?(?: (?:successful|course))?(?: ${deed})?|${deed}(?: of)? ${kind})s?(?: \\d+)?$`,
);

/** The title must say what was learned (docs: the field page of microcredentials). */
export function genericTitleFindings(field: string, title: string): LintFinding[] {
  if (!genericTitle.test(plain(title))) return [];
  return [
    finding(
      field,
      'generic_name',
      'error',
      `${field} names a kind of document, not what was learned`,
      'Use a descriptive title that says what it is about.',
    ),
  ];
}

const unit = '(?:department|dept|faculty|school|division|office|unit|team|centre|center)';
const topic =
  '(?:hr|human resources|it|information technology|training|learning(?: (?:and|&) development)?|l&d|education|academy|college|university|institute|marketing|finance|accounting|business|engineering|science|health|nursing|sales|technology|data|data science|administration|admin|registry|student services|compliance|safety|management|leadership|design|law|arts)';
const vagueIssuer = new RegExp(
  `^(?:the |our )?(?:${topic}|${topic} ${unit}|${unit}|${unit} (?:of|for) .*|issuer|provider|organi[sz]ation|company|n a|none|test)$`,
);

/** The issuer must identify an organisation (docs: the field page of microcredentials). */
export function issuerFindings(field: string, issuer: string): LintFinding[] {
  if (!vagueIssuer.test(plain(issuer))) return [];
  return [
    finding(
      field,
      'vague_issuer',
      'error',
      `${field} names a topic or a department`,
      'Use the name of the organisation, so that a reader knows the source.',
    ),
  ];
}

const degree = /^(?:bachelors?|masters?|doctor(?:ate)?|associate degree)(?: degree)? (?:of|in) |^ph ?d\b/;
const award =
  /^(?:(?:advanced |associate )?diploma|graduate (?:certificate|diploma)) (?:of|in) |^certificate (?:i{1,3}|iv|[1-4]) in /;
const englishTest =
  /\b(?:ielts|toefl|toeic|pte academic|linguaskill|duolingo english test|occupational english test)\b/;
const lesson = /\b(?:prepar\w*|course|training|workshop)\b/;
const shortTraining = /\b(?:workshop|webinar|seminar|boot ?camp|master ?class|short course)\b/;

/** Whether the title belongs to another credential type; SEEK Pass takes no integration live that uses an unsuitable one (docs: "Credential definitions"). */
export function typeFindings(field: string, title: string, type: 'education' | 'other'): LintFinding[] {
  const words = plain(title);
  const wrong = (better: string, severity: 'error' | 'warning'): LintFinding[] => [
    finding(
      field,
      'wrong_credential_type',
      severity,
      `${field} reads like ${better}`,
      `Check the credential type: this looks like ${better}.`,
    ),
  ];
  if (englishTest.test(words) && !lesson.test(words)) return wrong('english_proficiency', 'warning');
  if (type === 'education') return shortTraining.test(words) ? wrong('microcredential', 'warning') : [];
  if (degree.test(words)) return wrong('education', 'error');
  return award.test(words) ? wrong('education', 'warning') : [];
}
