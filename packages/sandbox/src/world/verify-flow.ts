import { SandboxError } from '../sandbox-error.ts';
import type { Submissions } from './submissions.ts';
import type { User, Users } from './users.ts';
import type { SharedIdentity, Verification } from './verification.ts';
import type { Verifications } from './verifications.ts';
import { walletOf } from './wallet.ts';

/** What the learner sees behind a "Verify with SEEK Pass" link. */
export type VerifyStep =
  | { readonly step: 'unknown_link' }
  | { readonly step: 'expired'; readonly verification: Verification }
  | { readonly step: 'log_in'; readonly verification: Verification }
  | { readonly step: 'wrong_user' }
  | {
      readonly step: 'choose';
      readonly verification: Verification;
      readonly user: User;
      /** Never empty. After the choice the page asks for consent to share it with the partner. */
      readonly identities: readonly SharedIdentity[];
    }
  | {
      readonly step: 'decided';
      readonly verification: Verification;
      readonly status: 'verified' | 'canceled';
      /** Where the browser goes next: the partner's `callback_url` as sent (assumption `callback_parameters`); undefined without one. */
      readonly callbackUrl: string | undefined;
    };

/** The learner's side of Verify: open, choose an identity, consent or decline, back to the partner. */
export class VerifyFlow {
  readonly #verifications: Verifications;
  readonly #submissions: Submissions;
  readonly #users: Users;

  constructor(parts: {
    readonly verifications: Verifications;
    readonly submissions: Submissions;
    readonly users: Users;
  }) {
    this.#verifications = parts.verifications;
    this.#submissions = parts.submissions;
    this.#users = parts.users;
  }

  /** Looks behind a link and changes nothing. `clientId`, when the link names one, must be the verification's. */
  look(contentId: string, userId?: string, clientId?: string): VerifyStep {
    const verification = this.#verifications.find(contentId);
    if (verification === undefined) return { step: 'unknown_link' };
    if (clientId !== undefined && clientId !== verification.clientId) return { step: 'unknown_link' };
    if (verification.canceledBy === 'expiry') return { step: 'expired', verification };
    const user = userId === undefined ? undefined : this.#users.find(userId);
    if (user === undefined) return { step: 'log_in', verification };
    if (verification.userId !== undefined && verification.userId !== user.userId)
      return { step: 'wrong_user' };
    if (verification.status === 'incomplete') {
      return { step: 'choose', verification, user, identities: this.#identitiesOf(user) };
    }
    const { status } = verification;
    return { step: 'decided', verification, status, callbackUrl: verification.request.callback_url };
  }

  /** Opens a link as somebody who is logged in; binds it to the first account (assumption `verify_binding`). */
  open(contentId: string, userId: string, clientId?: string): VerifyStep {
    const step = this.look(contentId, userId, clientId);
    if (step.step === 'choose') step.verification.userId ??= userId;
    return step;
  }

  /** Shares one of the learner's identities. Throws `wrong_state` off the step, `not_found` for a foreign identity. */
  consent(contentId: string, userId: string, identityId: string): VerifyStep {
    const { verification, identities } = this.#atChoice(contentId, userId);
    const shared = identities.find((identity) => identity.identityId === identityId);
    if (shared === undefined) {
      throw new SandboxError('not_found', 'This learner has no such identity: choose one of the list.');
    }
    verification.shared = shared;
    this.#verifications.finish(verification, 'verified');
    return this.look(contentId, userId);
  }

  /** Refuses to share. Throws `wrong_state` off the step. */
  decline(contentId: string, userId: string): VerifyStep {
    const { verification } = this.#atChoice(contentId, userId);
    this.#verifications.finish(verification, 'canceled', 'learner');
    return this.look(contentId, userId);
  }

  #atChoice(contentId: string, userId: string): Extract<VerifyStep, { readonly step: 'choose' }> {
    const step = this.look(contentId, userId);
    if (step.step === 'choose' && step.verification.userId === userId) return step;
    throw new SandboxError(
      'wrong_state',
      `This link is not waiting for this learner's choice: it is at "${step.step}".`,
    );
  }

  #identitiesOf(user: User): readonly SharedIdentity[] {
    const added = walletOf(this.#submissions, user.userId).filter(
      (one) => one.credentialType === 'digital_identity',
    );
    return [
      documentIdentity(user, 'passport', 'Passport'),
      documentIdentity(user, 'drivers-licence', 'Driver’s licence'),
      ...added.map((one) => ({
        identityId: one.submission.contentId,
        label: 'Digital identity added by a partner',
        fields: one.fields,
      })),
    ];
  }
}

function documentIdentity(user: User, identityId: string, label: string): SharedIdentity {
  return {
    identityId,
    label,
    fields: {
      full_name: user.fullName,
      date_of_birth: user.dateOfBirth,
      identity_document_validity: 'government_database',
      identity_document_liveness: 'automated',
      identity_document_person_match: 'automated',
    },
  };
}
