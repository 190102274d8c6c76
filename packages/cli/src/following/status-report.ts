import type { AwardState, AwardStatus } from '@seek-pass-kit/flows';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import { tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What each state means to a reader who does not know our words, in the order of an award's life. */
const meanings: readonly (readonly [state: AwardState, meaning: string])[] = [
  ['ready', 'the claim link works and waits for the learner'],
  ['submitted', 'the learner was sent to SEEK Pass and has not finished there'],
  ['added', 'in the wallet: SEEK Pass says so'],
  ['declined', 'the learner said no; the claim link still works'],
  ['closed', 'ended at SEEK Pass, nobody can say why; the claim link still works'],
  ['rejected', 'refused by SEEK Pass: correct the award and issue it again'],
  ['withdrawn', 'taken back: its link is closed'],
  ['superseded', 'replaced by a newer version: its link is closed'],
  ['erased', 'its recipient was erased: its link is closed, the record is kept'],
];

const meaningOf: ReadonlyMap<string, string> = new Map(meanings);

/** How everything stands. */
export interface Totals {
  /** How many awards are in which state. */
  readonly awards: Readonly<Record<string, number>>;
  /** How many mails are in which state. */
  readonly mails: Readonly<Record<string, number>>;
  /** The stops of the kill switch in force; of `null`, everything. */
  readonly stopped: readonly { readonly credentialType: string | null; readonly why: string }[];
}

/** Lines on how many awards are in which state, what the states mean, and what a person should look at. */
export function countLines({ awards, mails, stopped }: Totals, { colors, columns }: Terminal): string[] {
  const order = [...meaningOf.keys()];
  const rows = Object.entries(awards)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([state, count]) => [String(count), state, meaningOf.get(state) ?? '']);
  if (rows.length === 0) return ['No awards yet: issue some with "seek-pass award FILE".'];
  const total = Object.values(awards).reduce((sum, count) => sum + count, 0);
  return [
    ...tableLines([{ title: 'Awards', align: 'right' }, { title: 'State' }, { title: 'Meaning' }], rows, {
      columns,
      title: colors.dim,
    }),
    '',
    `${plural(total, 'award')} in all.`,
    ...stopped.map(({ credentialType, why }) =>
      colors.red(`Issuing ${credentialType ?? 'everything'} is stopped (${why.replaceAll('_', ' ')}).`),
    ),
    ...mailLines(mails, colors),
  ];
}

/** Of mails that a person should look at. */
const mailTroubles = {
  unknown: 'may have arrived or not: "seek-pass resend --unknown" sends them again',
  refused: 'were refused by a mail server: the addresses may be wrong',
  bounced: 'came back: the addresses may be wrong',
} as const;

function mailLines(mails: Totals['mails'], { yellow }: Terminal['colors']): string[] {
  return Object.entries(mailTroubles).flatMap(([state, what]) => {
    const count = mails[state] ?? 0;
    return count === 0 ? [] : [yellow(`${plural(count, 'mail')} ${what}.`)];
  });
}

/** Lines on one award: where it stands and everything that happened to it. */
export function awardLines(key: string, status: AwardStatus, { colors, columns }: Terminal): string[] {
  const { state, evidence, behindClosedLink, heldUntil } = status;
  const meaning = meaningOf.get(state) ?? '';
  const judged = evidence === 'inferred' ? ' (judged by time: SEEK Pass did not say so)' : '';
  const behind =
    behindClosedLink === undefined || behindClosedLink === 'ready'
      ? []
      : [`At SEEK Pass it is ${behindClosedLink}: ${meaningOf.get(behindClosedLink) ?? ''}.`];
  return [
    `${colors.bold(printable(key))}  ${status.credentialType}, version ${status.version}`,
    `${stateColour(state, colors)(state)}: ${meaning}${judged}.`,
    ...behind,
    ...(heldUntil === undefined
      ? []
      : [`Its recipient was changed: nobody can claim it before ${localTime(heldUntil)}.`]),
    '',
    ...tableLines(
      [{ title: 'When' }, { title: 'Who' }, { title: 'What' }],
      status.history.map(({ at, who, what, why }) => [localTime(at), who, inWords(what, why)]),
      { columns, title: colors.dim },
    ),
  ];
}

function stateColour(
  state: AwardState,
  { green, red, yellow }: Terminal['colors'],
): (text: string) => string {
  if (state === 'added') return green;
  return state === 'rejected' || state === 'withdrawn' ? red : yellow;
}

/** Lines of the history as sentences; one that is not here shows its name. */
const words: Readonly<Record<string, string>> = {
  created: 'was awarded',
  submitted: 'was sent to SEEK Pass for the learner',
  added: 'is in the wallet',
  added_after_withdrawal: 'is in the wallet although it was withdrawn: look into it',
  added_after_supersession: 'is in the wallet although a newer version exists: look into it',
  declined: 'was declined by the learner',
  expired: 'was not finished at SEEK Pass within 48 hours; the claim link works again',
  closed: 'ended at SEEK Pass, nobody can say why',
  rejected: 'was refused by SEEK Pass',
  withdrawn: 'was withdrawn',
  superseded: 'was replaced',
  mail_requested: 'is to be mailed once more',
  mail_sent: 'was mailed to the recipient',
  mail_unknown: 'was mailed, and nobody knows whether it arrived',
  mail_refused: 'could not be mailed',
  mail_bounced: 'was mailed, and the mail came back',
  mail_bounce_cleared: 'may be mailed to this address again',
  reminders_stopped: 'gets no more reminders',
  link_copied: 'had its claim link copied',
  link_rotated: 'got a new claim link; the older ones are dead',
  recipient_changed: 'got another recipient or address',
  erased: 'lost its recipient: they were erased',
};

function inWords(what: string, why: string | null): string {
  const sentence = words[what] ?? what.replaceAll('_', ' ');
  return why === null ? sentence : `${sentence} (${printable(why).replaceAll('_', ' ')})`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** `2026-11-21 14:39:57`, at this place. */
function localTime(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${day.map(two).join('-')} ${time.map(two).join(':')}`;
}
