import { type Day, timeOf } from './calendar.ts';
import type { Milestone } from './milestone.ts';
import type { Period, ReportStep } from './periods.ts';
import type { ReportGroup } from './report.ts';

/** What the milestones are called in a report. */
export const milestoneNames: Readonly<Record<Milestone, string>> = {
  issued: 'Issued',
  started: 'Started',
  added: 'Added',
  declined: 'Declined',
  expired: 'Expired',
  closed: 'Closed',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
};

/** What they mean to a reader who does not know our words, and whether somebody said so or we judged it. */
export const milestoneMeanings: Readonly<Record<Milestone, string>> = {
  issued:
    'The institution awarded the credential, and the learner was to be told. A corrected award counts again; the one it replaced is left out of the claim rate.',
  started:
    'The learner proved who they are and was sent to SEEK Pass. Opening the mail or the link does not count.',
  added:
    'SEEK Pass reported that the learner finished. A learner who then does not sign in to the SEEK Pass app within 48 hours loses the credential there, and SEEK Pass tells nobody.',
  declined: 'SEEK Pass reported that the learner canceled. The claim link still works.',
  expired:
    'The learner did not finish within 48 hours. This is judged by time; SEEK Pass did not say so. The claim link still works, so many of these are added later.',
  closed:
    'SEEK Pass reported the end, and nothing tells whether the learner canceled or the time ran out. The claim link still works.',
  rejected: 'SEEK Pass refused the data of the credential. Somebody has to correct it.',
  withdrawn: 'The institution closed the claim link. A copy in a wallet stays there.',
};

const typeNames: Readonly<Record<string, string>> = {
  education: 'Education',
  english_proficiency: 'English proficiency',
  microcredential: 'Microcredential',
  career_history: 'Career history',
  digital_identity: 'Digital identity',
  right_to_work: 'Right to work',
  universal_credential: 'Universal credential',
};

/** What a credential type is called. */
function typeName(credentialType: string): string {
  return typeNames[credentialType] ?? credentialType;
}

/** What a group is called; with what tells it from others of the same title. */
export function groupName(group: ReportGroup, all: readonly ReportGroup[], byCourse: boolean): string {
  const { credentialType, title, institution } = group;
  if (title === undefined) {
    const name = typeName(credentialType);
    return byCourse ? `${name}, issued before courses were counted` : name;
  }
  const namesakes = all.filter((other) => other.title === title);
  const details = [
    isShared(namesakes, (one) => one.institution) ? undefined : institution,
    isShared(namesakes, (one) => one.credentialType) ? undefined : typeName(credentialType),
  ].filter((detail) => detail !== undefined);
  return details.length === 0 ? title : `${title} (${details.join(', ')})`;
}

function isShared(groups: readonly ReportGroup[], of: (group: ReportGroup) => string | undefined): boolean {
  return new Set(groups.map(of)).size === 1;
}

/** `1,204`. */
export function numberText(count: number): string {
  return number.format(count);
}

/** `81 %`; of almost none and almost all it does not say none and all. */
export function shareText(share: number | undefined): string {
  if (share === undefined) return '–';
  if (share > 0 && share < 0.01) return '<1 %';
  if (share < 1 && share > 0.99) return '>99 %';
  return `${Math.round(share * 100)} %`;
}

/** `2 hours`, `5 days`, `a year`. */
export function waitText(ms: number | undefined): string {
  if (ms === undefined) return '–';
  const hours = Math.round(ms / 3_600_000);
  if (hours < 24) return hours === 1 ? '1 hour' : `${hours} hours`;
  const days = Math.round(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `21 November 2026`. */
export function dayText(day: Day): string {
  return long.format(timeOf(day));
}

/** `2 – 8 Mar`, `2 March`, `March 2026`: a period in a table or below a column. */
export function periodText({ from, to }: Period, by: ReportStep): string {
  if (from === to) return short.format(timeOf(from));
  const wholeMonth = by === 'month' && from.slice(8) === '01' && from.slice(0, 7) === to.slice(0, 7);
  return wholeMonth && isLastOfMonth(to)
    ? month.format(timeOf(from))
    : short.formatRange(timeOf(from), timeOf(to));
}

/** As short as it goes, for an axis. */
export function axisText({ from }: Period, by: ReportStep): string {
  return (by === 'month' ? monthAxis : dayAxis).format(timeOf(from));
}

function isLastOfMonth(day: Day): boolean {
  return new Date(timeOf(day) + 24 * 3_600_000).getUTCDate() === 1;
}

const number = new Intl.NumberFormat('en');
const utc = { timeZone: 'UTC' } as const;
const long = new Intl.DateTimeFormat('en-GB', { ...utc, day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { ...utc, day: 'numeric', month: 'short', year: 'numeric' });
const month = new Intl.DateTimeFormat('en-GB', { ...utc, month: 'long', year: 'numeric' });
const monthAxis = new Intl.DateTimeFormat('en-GB', { ...utc, month: 'short', year: '2-digit' });
const dayAxis = new Intl.DateTimeFormat('en-GB', { ...utc, day: 'numeric', month: 'short' });
