import type { EndpointStanding, InboxCounts } from '@seek-pass-kit/flows';
import { plural } from '../terminal/plural.ts';
import { type Judgement, ok, problem, warning } from './finding.ts';
import type { PublicVisit } from './judge-claim-pages.ts';

/** Judges whether SEEK Pass sends to this inbox, and whether what it sends can be verified. */
export function judgeEndpoints(receiver: string, endpoints: readonly EndpointStanding[]): Judgement[] {
  const ours = endpoints.filter((endpoint) => endpoint.ours && endpoint.atSeekPass);
  const deleted = endpoints.some((endpoint) => endpoint.ours && !endpoint.atSeekPass);
  if (ours.length === 0) {
    const was = deleted ? ' any more: the webhook was deleted there' : '';
    return [problem(`SEEK Pass sends nothing to ${receiver}${was}.`, 'Run: seek-pass webhooks create')];
  }
  const held = ours.filter(({ secretHeld }) => secretHeld);
  if (held.length === 0) {
    return [
      problem(
        `What SEEK Pass sends to ${receiver} cannot be verified: its secret is not known here.`,
        'Run: seek-pass webhooks rotate',
      ),
    ];
  }
  const rotating = held.some(({ rotatingSince }) => rotatingSince !== undefined);
  return [
    ok(`SEEK Pass sends to ${receiver}, and its secret is held here.`),
    ...(ours.length > held.length
      ? [
          warning(
            'SEEK Pass sends there more than once, with a secret that is not known here.',
            'See seek-pass webhooks list, and ask SEEK Pass which one to delete.',
          ),
        ]
      : []),
    ...(rotating
      ? [warning('A rotation of its secret has not ended.', 'Run: seek-pass webhooks rotate')]
      : []),
  ];
}

/** Judges what waits in the inbox. */
export function judgeInbox({ dead, parked }: InboxCounts): Judgement[] {
  return [
    ...(dead === 0
      ? []
      : [warning(`${plural(dead, 'event was', 'events were')} given up.`, 'Run: seek-pass webhooks dead')]),
    ...(parked === 0
      ? []
      : [
          warning(
            `${plural(parked, 'event is', 'events are')} of verifications that are not known here.`,
            'See whether another system uses this client id.',
          ),
        ]),
  ];
}

/** Judges what the receiver says to somebody who reads instead of sending: that this is not the way. */
export function judgeReceiver(receiver: string, visit: PublicVisit): Judgement {
  if (!visit.answered) {
    return warning(
      `Nothing answers at ${receiver} from here (${visit.code}).`,
      'Start "seek-pass serve", and let your proxy pass this address on to it.',
    );
  }
  return visit.status === 405
    ? ok(`The inbox answers at ${receiver}.`)
    : problem(
        `${receiver} answers with ${visit.status}, and not with our inbox.`,
        'Let your proxy pass this address on to "seek-pass serve", path and body unchanged.',
      );
}
