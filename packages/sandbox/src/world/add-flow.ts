import { SandboxError } from '../sandbox-error.ts';
import type { Submission } from './submission.ts';
import type { SubmittedCredential } from './submitted-credential.ts';
import { submittedCredentials } from './submitted-credential.ts';
import type { Submissions } from './submissions.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import type { User, Users } from './users.ts';

/**
 * What the learner sees behind an "Add to SEEK Pass" link. `log_in` is the only step for somebody who is not logged in
 * while the link works: it says nothing of the credential.
 */
export type AddStep =
  | { readonly step: 'unknown_link' }
  | { readonly step: 'expired' }
  | { readonly step: 'log_in'; readonly submission: Submission }
  | { readonly step: 'wrong_user' }
  | {
      readonly step: 'consent';
      readonly submission: Submission;
      readonly user: User;
      readonly credentials: readonly SubmittedCredential[];
    }
  | { readonly step: 'declined'; readonly submission: Submission }
  | {
      readonly step: 'done';
      readonly submission: Submission;
      readonly user: User;
      /** Empty when the documents were deleted because nobody signed in to the app in time. */
      readonly credentials: readonly SubmittedCredential[];
      /** `due`: sign in to the app before `submission.appSignInDueAt`. */
      readonly app: 'due' | 'signed_in' | 'too_late';
    };

/** The learner's side of Add: open, bind to the first account, consent or decline, sign in to the app. */
export class AddFlow {
  readonly #clock: SandboxClock;
  readonly #submissions: Submissions;
  readonly #users: Users;

  constructor(parts: {
    readonly clock: SandboxClock;
    readonly submissions: Submissions;
    readonly users: Users;
  }) {
    this.#clock = parts.clock;
    this.#submissions = parts.submissions;
    this.#users = parts.users;
  }

  /** Looks behind a link and changes nothing. `clientId`, when the link names one, must be the submission's. */
  look(contentId: string, userId?: string, clientId?: string): AddStep {
    const submission = this.#submissions.find(contentId);
    if (submission === undefined) return { step: 'unknown_link' };
    if (clientId !== undefined && clientId !== submission.clientId) return { step: 'unknown_link' };
    const user = userId === undefined ? undefined : this.#users.find(userId);
    if (submission.canceledBy === 'expiry') return { step: 'expired' };
    if (user === undefined) return { step: 'log_in', submission };
    if (submission.userId !== undefined && submission.userId !== user.userId) return { step: 'wrong_user' };
    if (submission.status === 'canceled') return { step: 'declined', submission };
    const credentials = submittedCredentials(submission);
    if (submission.status === 'incomplete') return { step: 'consent', submission, user, credentials };
    return { step: 'done', submission, user, credentials, app: appState(submission) };
  }

  /**
   * Opens a link as somebody who is logged in. The first one to do so owns the submission from then on, before any
   * consent; everyone else gets `wrong_user`.
   */
  open(contentId: string, userId: string, clientId?: string): AddStep {
    const step = this.look(contentId, userId, clientId);
    if (step.step === 'consent') step.submission.userId ??= userId;
    return step;
  }

  /** Accepts. Throws `wrong_state` unless the learner is at the `consent` step of an own link. */
  consent(contentId: string, userId: string): AddStep {
    const { submission, user } = this.#atConsent(contentId, userId);
    submission.status = 'verified';
    submission.finalizedAt = this.#clock.now();
    if (user.appSignedInAt === undefined) this.#submissions.awaitApp(submission);
    else submission.walletCopy = 'kept';
    return this.look(contentId, userId);
  }

  /** Refuses. Throws `wrong_state` unless the learner is at the `consent` step of an own link. */
  decline(contentId: string, userId: string): AddStep {
    const { submission } = this.#atConsent(contentId, userId);
    submission.status = 'canceled';
    submission.canceledBy = 'learner';
    submission.finalizedAt = this.#clock.now();
    return this.look(contentId, userId);
  }

  /** The learner signs in to the SEEK Pass app: what is waiting is kept for good. What is already deleted stays deleted. */
  signInToApp(userId: string): void {
    const user = this.#users.find(userId);
    if (user === undefined) throw new SandboxError('not_found', 'There is no such user: log in first.');
    for (const submission of this.#submissions.acceptedBy(userId)) submission.walletCopy = 'kept';
    user.appSignedInAt ??= this.#clock.now();
  }

  #atConsent(contentId: string, userId: string): { submission: Submission; user: User } {
    const step = this.look(contentId, userId);
    if (step.step === 'consent' && step.submission.userId === userId) return step;
    throw new SandboxError(
      'wrong_state',
      `This link is not waiting for this learner's consent: it is at "${step.step}".`,
    );
  }
}

function appState(submission: Submission): 'due' | 'signed_in' | 'too_late' {
  if (submission.walletCopy === 'kept') return 'signed_in';
  return submission.walletCopy === 'awaiting_app' ? 'due' : 'too_late';
}
