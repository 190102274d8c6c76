import type { Environment } from '@seek-pass-kit/core';
import { plural } from '../terminal/plural.ts';
import { type Judgement, notChecked, ok, warning } from './finding.ts';

/** SEEK Pass mails its log-in codes from these (docs: "Integration flow"). */
const codeSenders: Readonly<Record<Environment, readonly string[]>> = {
  production: ['seek.com.au', 'seekpass.co'],
  staging: ['seek.com.au', 'seekpass.co', 'seekpass-staging.com'],
  sandbox: [],
};

/** What the institution's mail administrators have to know. `domain`: of the institution's own mailboxes. */
export function adviseOnCodes(environment: Environment, domain: string | undefined): Judgement {
  const senders = codeSenders[environment];
  if (senders.length === 0) return ok('The sandbox keeps its log-in codes in its own inbox.');
  const filters =
    domain === undefined ? 'your mail filters' : `the mail filters of ${domain} and of your learners`;
  return notChecked(
    `Whether log-in codes of SEEK Pass reach your learners shows in a mailbox only.`,
    `Let mails from ${senders.map((sender) => `@${sender}`).join(', ')} through ${filters}, and log in once with an address there.`,
  );
}

/** How many data keys are wrapped with which key of the ring. */
export function judgeKeyRing(currentKeyId: string, countByKey: Readonly<Record<string, number>>): Judgement {
  const underFormer = Object.entries(countByKey)
    .filter(([id]) => id !== currentKeyId)
    .reduce((sum, [, count]) => sum + count, 0);
  return underFormer === 0
    ? ok('Everything stored is under the current key.')
    : warning(
        `${plural(underFormer, 'recipient is', 'recipients are')} still under a former key.`,
        'Run rewrapKeys() to the end, and keep the former key until then.',
      );
}

/** Nothing here can see a backup. */
export const adviceOnBackups = notChecked(
  'Whether the secrets have a backup cannot be seen from here.',
  'Keep one apart from the backups of the database: without it no stored name can be read and no mailed link works.',
);
