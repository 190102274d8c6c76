import type { AwardHistoryLine } from '../../../contract/award-history.ts';
import type { Words } from '../words/use-words.ts';

const events = [
  'created',
  'submitted',
  'added',
  'added_after_withdrawal',
  'added_after_supersession',
  'declined',
  'expired',
  'closed',
  'rejected',
  'withdrawn',
  'superseded',
  'mail_requested',
  'mail_sent',
  'mail_unknown',
  'mail_refused',
  'mail_bounced',
  'mail_bounce_cleared',
  'reminders_stopped',
  'link_copied',
  'link_rotated',
  'recipient_changed',
  'document_served',
  'erased',
] as const;
const mailKinds = ['claim', 'reminder', 'resend', 'code', 'address_changed'] as const;
const mutes = ['hard_bounce', 'complaint'] as const;
const reasons = [
  'issued_in_error',
  'wrong_recipient',
  'wrong_content',
  'revoked',
  'asked_by_learner',
  'other',
] as const;
const effects = ['replaces', 'adds-a-second'] as const;

/** What happened, as a sentence. What this version has no sentence for is named as flows name it. */
export function eventInWords({ what }: Pick<AwardHistoryLine, 'what'>, words: Words): string {
  const known = among(events, what);
  return known === undefined
    ? words('awards.event.other', { what: what.replaceAll('_', ' ') })
    : words(`awards.event.${known}`);
}

/** Who did it: a name, or words for those who have none. */
export function whoInWords({ who }: Pick<AwardHistoryLine, 'who'>, words: Words): string {
  return who === 'system' || who === 'learner' ? words(`awards.who.${who}`) : who;
}

/** The detail that is worth a line of its own; `undefined` when there is none. */
export function detailInWords({ what, why }: Omit<AwardHistoryLine, 'at' | 'who'>, words: Words) {
  if (why === null) return undefined;
  if (what === 'created') return versionInWords(why, words);
  if (what === 'withdrawn') {
    const reason = among(reasons, why);
    return reason && words(`awards.reason.${reason}`);
  }
  if (what.startsWith('mail_')) return mailInWords(why, words);
  const attempt = /^attempt (\d+)$/.exec(why)?.[1];
  return attempt === undefined || attempt === '1' ? undefined : words('awards.detail.attempt', { attempt });
}

/** `version 2, replaces, source 2026-02-20T09:00:00.000Z` */
function versionInWords(why: string, words: Words): string | undefined {
  const [, version, effect = ''] = /^version (\d+), ([\w-]+)/.exec(why) ?? [];
  if (version === undefined) return undefined;
  const does = among(effects, effect);
  return [
    words('awards.detail.version', { version }),
    ...(does ? [words(`awards.detail.${does}`)] : []),
  ].join(', ');
}

/** `reminder`, `claim: hard_bounce` */
function mailInWords(why: string, words: Words): string | undefined {
  const [kindName = '', reason = ''] = why.split(': ');
  const kind = among(mailKinds, kindName);
  const mute = among(mutes, reason);
  const said = [
    ...(kind ? [words(`awards.mail.${kind}`)] : []),
    ...(mute ? [words(`awards.muted.${mute}`)] : []),
  ];
  return said.length === 0 ? undefined : said.join(': ');
}

function among<Name extends string>(names: readonly Name[], name: string): Name | undefined {
  return names.find((one) => one === name);
}
