import type { z } from 'zod';
import { SandboxError } from '../sandbox-error.ts';
import type { AddStep } from '../world/add-flow.ts';
import type { PartnerClient } from '../world/clients.ts';
import type { Fault, FaultRule } from '../world/faults.ts';
import type { Mail } from '../world/mailbox.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import type { VerifyStep } from '../world/verify-flow.ts';
import type {
  clockFreeze,
  clockStep,
  learnerAlone,
  learnerAtLink,
  learnerShares,
  secretRotation,
  webhookRelease,
  webhookTrigger,
} from './control-requests.ts';
import type { DeliveryView, EndpointView, SubmissionView, VerificationView } from './control-views.ts';

/** The clock as the control API shows it. */
export interface ClockView {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The same as ISO 8601. */
  readonly iso: string;
  readonly frozen: boolean;
  /** How far ahead of the machine, in milliseconds. */
  readonly aheadMs: number;
}

/** A sandbox in one look. */
export interface SandboxStateView {
  readonly clock: ClockView;
  readonly clients: readonly Pick<PartnerClient, 'clientId' | 'name' | 'scopes'>[];
  readonly counts: {
    readonly requests: number;
    readonly submissions: number;
    readonly verifications: number;
    readonly mails: number;
    readonly faults: number;
  };
}

/**
 * Everything a test or a person may do to a sandbox that a partner may not. The HTTP control API answers each method's JSON under `controlUrl` + `api/`.
 * Wrong input throws a {@link SandboxError} with `invalid_request`, something that is not there `not_found`,
 * a step out of turn `wrong_state`.
 */
export interface ControlApi {
  state(): SandboxStateView;
  /** Forgets submissions, verifications, accounts, mails, webhooks, faults, requests; keeps clients, tokens, clock. */
  reset(): void;
  readonly clock: {
    state(): ClockView;
    freeze(input?: z.input<typeof clockFreeze>): ClockView;
    unfreeze(): ClockView;
    /** `advance({ hours: 48 })`: what falls due on the way happens before this returns, webhooks start on their way. */
    advance(step: z.input<typeof clockStep>): ClockView;
  };
  readonly requests: {
    /** Newest first; 100 unless told otherwise. */
    list(limit?: number): readonly LoggedRequest[];
    read(requestNumber: number): LoggedRequest;
    clear(): void;
  };
  readonly submissions: {
    /** Newest first; 100 unless told otherwise. */
    list(limit?: number): readonly SubmissionView[];
    /** By content id, redirect URI, or the newest of a partner's id. */
    read(reference: string): SubmissionView;
  };
  readonly verifications: {
    list(): readonly VerificationView[];
    /** By content id, redirect URI or request id. */
    read(reference: string): VerificationView;
  };
  readonly faults: {
    set(rule: FaultRule): Fault;
    list(): readonly Fault[];
    remove(faultId: string): void;
    clear(): void;
  };
  readonly webhooks: {
    endpoints(): readonly EndpointView[];
    /** Newest first. */
    deliveries(): readonly DeliveryView[];
    /** Sends an event again, with its `event_id`. */
    replay(deliveryId: string): readonly DeliveryView[];
    trigger(input: z.input<typeof webhookTrigger>): readonly DeliveryView[];
    /** Keeps webhooks back until `release`. */
    hold(): void;
    release(input?: z.input<typeof webhookRelease>): void;
    /** Resolves when no attempt is under way. */
    idle(): Promise<void>;
  };
  readonly mails: {
    /** Newest first. */
    list(filter?: { readonly to?: string | undefined }): readonly Mail[];
    read(mailId: string): Mail;
    clear(): void;
  };
  readonly tokens: {
    /** All access tokens issued so far get 401 from now on. */
    revokeAll(): void;
  };
  readonly clients: {
    /** The partner's OAuth client secret; returns the new one. */
    rotateSecret(input?: z.input<typeof secretRotation>): {
      readonly clientId: string;
      readonly clientSecret: string;
    };
  };
  /** Acts as a learner without a browser: logs in with the e-mail address and does the step. */
  readonly learner: {
    /** Opens an add link; the first learner to do so owns it. */
    open(input: z.input<typeof learnerAtLink>): AddStep['step'];
    /** Opens and accepts. */
    consent(input: z.input<typeof learnerAtLink>): AddStep['step'];
    /** Opens and refuses. */
    decline(input: z.input<typeof learnerAtLink>): AddStep['step'];
    signInToApp(input: z.input<typeof learnerAlone>): void;
    /** What the wallet holds: accepted, not deleted, not replaced by a newer version. */
    wallet(input: z.input<typeof learnerAlone>): readonly {
      readonly credentialType: string;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly replaced: number;
      readonly contentId: string;
    }[];
    /** Opens a verify link; the first learner to do so owns it. */
    openVerification(input: z.input<typeof learnerAtLink>): VerifyStep['step'];
    /** Opens and shares; `callbackUrl` is where the browser would go. */
    share(input: z.input<typeof learnerShares>): {
      readonly status: string;
      readonly callbackUrl: string | null;
    };
    /** Opens and refuses. */
    refuse(input: z.input<typeof learnerAtLink>): {
      readonly status: string;
      readonly callbackUrl: string | null;
    };
  };
}

/** Makes an absent thing an error. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new SandboxError('not_found', `The sandbox has no such ${what}.`);
  return thing;
}
