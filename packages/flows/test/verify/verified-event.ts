import type { InboxEvent } from '../../src/inbox/inbox-handler.ts';

/** An event that tells of the end of a request. */
export function verifiedEvent(requestId: string, issuer = 'default'): InboxEvent {
  return {
    issuer,
    eventId: 'e1',
    type: 'vwsp_request.verified',
    kind: 'verified',
    requestId,
    createdAt: 0,
    receivedAt: 0,
  };
}
