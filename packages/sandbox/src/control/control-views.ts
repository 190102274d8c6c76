import { addRedirectUri, verifyRedirectUri } from '../partner-api/redirect-url.ts';
import type { Delivery } from '../world/deliveries.ts';
import type { Submission, Status, WalletCopy } from '../world/submission.ts';
import { submittedCredentials } from '../world/submitted-credential.ts';
import type { SubmittedCredential } from '../world/submitted-credential.ts';
import type { Upload } from '../world/uploads.ts';
import type { Verification } from '../world/verification.ts';
import type { WebhookEndpoint } from '../world/webhook-endpoints.ts';
import type { World } from '../world/world.ts';

/** A submission with what SEEK Pass knows and does not tell. Times are ISO 8601, sandbox clock. */
export interface SubmissionView {
  readonly contentId: string;
  readonly clientId: string;
  /** The partner's id. */
  readonly id: string;
  readonly kind: string;
  readonly form: string;
  readonly redirectUri: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly finalizedAt: string | null;
  readonly canceledBy: 'learner' | 'expiry' | null;
  /** E-mail of the account it is bound to. */
  readonly boundTo: string | null;
  readonly walletCopy: WalletCopy;
  readonly appSignInDueAt: string | null;
  readonly repeats: number;
  /** What a person should look at; empty when all is well. */
  readonly warnings: readonly string[];
  /** Empty once SEEK Pass has deleted the data. */
  readonly credentials: readonly SubmittedCredential[];
  readonly uploads: readonly Pick<Upload, 'assetId' | 'contentType' | 'received'>[];
}

/** A verification with what SEEK Pass knows. */
export interface VerificationView {
  readonly contentId: string;
  readonly clientId: string;
  readonly requestId: string;
  readonly redirectUri: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly finalizedAt: string | null;
  readonly canceledBy: 'learner' | 'expiry' | null;
  readonly boundTo: string | null;
  readonly callbackUrl: string | null;
}

/** One webhook delivery; the waits between attempts follow the sandbox's clock. */
export interface DeliveryView {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly event: {
    readonly event_id: string;
    readonly request_id: string;
    readonly type: string;
    readonly created_at: string;
  };
  readonly state: 'waiting' | 'delivered' | 'given_up';
  readonly attempts: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly error: string | null;
  }[];
  readonly nextAttemptAt: string | null;
}

/** A webhook endpoint with its present secret. */
export interface EndpointView {
  readonly endpointId: string;
  readonly clientId: string;
  readonly url: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly secret: string;
}

/** A submission for the control API. */
export function submissionView(world: World, baseUrl: string, submission: Submission): SubmissionView {
  const { contentId, clientId, id, kind, form, status, walletCopy, repeats, differingRepeats } = submission;
  const differing =
    differingRepeats === 0
      ? []
      : [
          `The same id came again with other data within 48 hours (${differingRepeats}×): the first data was kept.`,
        ];
  return {
    contentId,
    clientId,
    id,
    kind,
    form,
    redirectUri: addRedirectUri(baseUrl, submission),
    status,
    createdAt: iso(submission.createdAt),
    expiresAt: iso(submission.expiresAt),
    finalizedAt: isoOrNull(submission.finalizedAt),
    canceledBy: submission.canceledBy ?? null,
    boundTo: emailOf(world, submission.userId),
    walletCopy,
    appSignInDueAt: isoOrNull(submission.appSignInDueAt),
    repeats,
    warnings: differing,
    credentials: submittedCredentials(submission),
    uploads: world.uploads
      .ofSubmission(contentId)
      .map(({ assetId, contentType, received }) => ({ assetId, contentType, received })),
  };
}

/** A verification for the control API. */
export function verificationView(
  world: World,
  baseUrl: string,
  verification: Verification,
): VerificationView {
  const { contentId, clientId, requestId, status } = verification;
  return {
    contentId,
    clientId,
    requestId,
    redirectUri: verifyRedirectUri(baseUrl, verification),
    status,
    createdAt: iso(verification.createdAt),
    finalizedAt: isoOrNull(verification.finalizedAt),
    canceledBy: verification.canceledBy ?? null,
    boundTo: emailOf(world, verification.userId),
    callbackUrl: verification.request.callback_url ?? null,
  };
}

/** A delivery for the control API. */
export function deliveryView(delivery: Delivery): DeliveryView {
  const { deliveryId, endpointId, event, state } = delivery;
  return {
    deliveryId,
    endpointId,
    event,
    state,
    attempts: delivery.attempts.map(({ at, status, error }) => ({
      at: iso(at),
      status: status ?? null,
      error: error ?? null,
    })),
    nextAttemptAt: isoOrNull(delivery.nextAttemptAt),
  };
}

/** A webhook endpoint for the control API. */
export function endpointView(endpoint: WebhookEndpoint): EndpointView {
  const { endpointId, clientId, url, name, description, secret } = endpoint;
  return { endpointId, clientId, url, name: name ?? null, description: description ?? null, secret };
}

function emailOf(world: World, userId: string | undefined): string | null {
  return userId === undefined ? null : (world.users.find(userId)?.email ?? null);
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function isoOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : iso(milliseconds);
}
