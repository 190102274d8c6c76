import type { HostLogger, HostRecord, HostRoute, WorkPart } from '@seek-pass-kit/flows/node';

/** Where a part tells what happens in it: `onDelivery: record.onDelivery`, `log({ event: 'verification', … })`. */
export interface PartWatch {
  readonly record: HostRecord;
  readonly log: HostLogger;
}

/** What `seek-pass serve` serves and does beside the claim pages: the verify flow, the webhook inbox, documents. */
export interface ServedPart {
  /** As the ready box calls it: `Webhooks`. */
  readonly name: string;
  /** What the outside world calls, for the ready box. */
  readonly url: string;
  readonly routes: readonly HostRoute[];
  /** What is due in it is done by the host. */
  readonly work?: WorkPart;
  readonly close?: () => Promise<void>;
}
