import type { Clock, SeekPass } from '@seek-pass-kit/core';
import type { Brand } from '../flow-context.ts';
import type { NoticeListener } from '../flow-notice.ts';
import type { HostListeners } from '../jobs/host-listeners.ts';
import type { Store } from '../store/ports.ts';
import type { SealedVerifications } from './sealed-verifications.ts';
import type { IdentityReader } from './verified-identity.ts';
import type { VerificationEvent } from './verification-event.ts';
import type { VerifySecrets } from './verify-secrets.ts';

/** What the parts of the verify flow work with. Made once by `createVerifyFlow`, checked there. */
export interface VerifyContext {
  readonly issuer: string;
  readonly seekPass: Pick<SeekPass, 'verify' | 'now'>;
  /** Origin of SEEK Pass, where people are sent to. */
  readonly redirectOrigin: string;
  readonly store: Store;
  readonly records: SealedVerifications;
  readonly lookupKey: Uint8Array;
  readonly secrets: VerifySecrets;
  /** `https://portal.example.edu/verify`, no slash at the end. */
  readonly callbackBaseUrl: string;
  /** Other origins where a browser may be sent in the end. */
  readonly returnOrigins: readonly string[];
  readonly brand: Brand;
  readonly defaultLocale: string;
  /** Who asks, as SEEK Pass shows it. */
  readonly partner: { readonly partner_name: string; readonly partner_logo_url?: string };
  /** How long the answer of SEEK Pass is kept, sealed; absent: not at all. */
  readonly keepAnswerForMs?: number;
  /** How long a request is waited for, from the time it was sent. */
  readonly giveUpAfterMs: number;
  /** How long a start link that nobody uses is good. */
  readonly startLinkLifeMs: number;
  readonly readIdentity: IdentityReader;
  readonly onDecision?: HostListeners<VerificationEvent>;
  /** Never throws. */
  readonly onNotice?: NoticeListener;
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}
