import { ConfigurationError, type CredentialType } from '@seek-pass-kit/core';
import { type AddFlowOptions, contextOf } from './add-flow-options.ts';
import { type AuditHead, auditHead } from './audit/audit-head.ts';
import { auditTrail, type TrailEntry, type TrailFilter } from './audit/audit-trail.ts';
import { type AuditVerdict, verifyAudit, type VerifyAuditOptions } from './audit/verify-audit.ts';
import { allowAgain } from './erasure/allow-again.ts';
import { eraseLearner, type ErasureRequest } from './erasure/erase-learner.ts';
import type { ErasureReport } from './erasure/erasure-report.ts';
import { type DestroyedKeys, keysDestroyed } from './erasure/finish-erasures.ts';
import { type Hold, liftHold, placeHold } from './erasure/holds.ts';
import { type ErasureWithStanding, listErasures } from './erasure/list-erasures.ts';
import { type AwardInput, checkInput } from './awards/award-input.ts';
import type { AwardProblem } from './awards/award-problem.ts';
import type { AwardResult, IssuingRun } from './awards/award-result.ts';
import {
  type AwardStatus,
  awardStatus,
  awardStatusById,
  awardStatuses,
  type AwardSummary,
  type NamedAwardStatus,
} from './awards/award-status.ts';
import {
  type AwardOfSubject,
  awardsOfSubject,
  type AwardsOfSubjectOptions,
} from './awards/awards-of-subject.ts';
import {
  changeRecipient,
  type RecipientChange,
  type RecipientChangeResult,
} from './awards/change-recipient.ts';
import {
  claimPageUrl,
  copyClaimLink,
  type LinkRequest,
  type LinkResult,
  rotateLink,
} from './awards/claim-link.ts';
import { type AwardDescription, describeAwards } from './awards/describe-awards.ts';
import { type AwardQuestion, findAwards } from './awards/find-awards.ts';
import { issueAward, issueAwards } from './awards/issue-awards.ts';
import { type PlannedAward, planAwards } from './awards/plan-awards.ts';
import {
  type IssuingStops,
  type IssuingTurn,
  readStops,
  type ResumeReason,
  resumeIssuing,
  stopIssuing,
  type StopReason,
} from './awards/stop-issuing.ts';
import { type ResendOutcome, resendClaimMail } from './awards/resend-claim-mail.ts';
import { type Withdrawal, type WithdrawalResult, withdraw } from './awards/withdraw.ts';
import { type ClaimHandler, createClaimHandler } from './claims/claim-handler.ts';
import type { ClaimHandlerOptions } from './claims/claim-handler-options.ts';
import { handOver, type HandoffRequest, type HandoffResult, type HandoffStore } from './claims/handoff.ts';
import { type ClaimOutcome, type ClaimRequest, submitClaim } from './claims/submit-claim.ts';
import {
  createDocumentHandler,
  type DocumentHandler,
  type DocumentHandlerOptions,
} from './documents/document-handler.ts';
import { type DueReport, DueWork } from './due-work.ts';
import type { FlowContext } from './flow-context.ts';
import { lookupHash } from './keys/lookup-hash.ts';
import { rewrapKeys, type RewrapOptions, type RewrapReport } from './keys/rewrap-keys.ts';
import { type ClearOutcome, clearBounce } from './mail/clear-bounce.ts';
import {
  type MailTrouble,
  mailTroubles,
  type MutedRecipient,
  mutedRecipients,
} from './mail/mail-troubles.ts';
import { type BounceOutcome, type BounceReport, recordBounce } from './mail/record-bounce.ts';
import { lookAgain } from './polling/look-again.ts';
import { type PollBudget, type PollReport, pollSubmissions } from './polling/poll-submissions.ts';
import { type Drift, reconcile, type ReconcileOptions } from './polling/reconcile.ts';
import { makeReport, recountReports } from './reporting/make-report.ts';
import type { Report, ReportOptions } from './reporting/report.ts';
import { type RetentionDue, retentionDue } from './retention/retention-job.ts';
import { bindIssuer, checkBinding } from './start-checks.ts';

/**
 * Makes the add flow of one issuer. Opens and sends nothing before {@link AddFlow.start}.
 *
 * ```ts
 * const flow = createAddFlow({ seekPass, environment, clientId, store, keys, namespace, claimKey, claimBaseUrl, brand, mail });
 * await flow.start();
 * await flow.award({ key: '2026/BCOM/104233', recipient, credential }, { runId: '2026-11', who: 'staff-7' });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createAddFlow(options: AddFlowOptions): AddFlow {
  return new AddFlow(options);
}

/** The add flow of one issuer: "Add to SEEK Pass" made durable. Every method may run in any number of processes at once. */
export class AddFlow {
  readonly #options: AddFlowOptions;
  readonly #context: FlowContext;
  #started = false;
  readonly #due: DueWork;

  /** Use {@link createAddFlow}. */
  constructor(options: AddFlowOptions) {
    this.#options = options;
    this.#context = contextOf(options);
    this.#due = new DueWork(options);
  }

  /**
   * Binds the issuer's data to its secrets, or stops when they are not the ones it was made with. Call it once, before
   * anything else.
   *
   * @throws {ConfigurationError} `invalid_configuration`.
   */
  async start(): Promise<void> {
    await bindIssuer(this.#context, this.#options);
    this.#started = true;
  }

  /**
   * Says what {@link AddFlow.start} would find, and changes nothing: for a check of the settings.
   *
   * @throws {ConfigurationError} as {@link AddFlow.start}.
   */
  async checkStart(): Promise<'bound' | 'first_start'> {
    return checkBinding(this.#context, this.#options);
  }

  /** What the other parts of the kit (claim pages, mail) work with. */
  get context(): FlowContext {
    if (this.#started) return this.#context;
    throw new ConfigurationError('The add flow was not started: wait for start() before anything else.');
  }

  /**
   * Says what is wrong with an award, storing and sending nothing: for a form that shows it beside its fields. Empty: it may be awarded.
   * What other awards say about it (its key was withdrawn, or is somebody else's) is known only to {@link AddFlow.award}.
   */
  check(input: AwardInput): readonly AwardProblem[] {
    const { clock, documents } = this.context;
    const checked = checkInput(input, clock.now(), documents);
    return checked.ok ? [] : checked.problems;
  }

  /**
   * Says what awarding would come to now, and what it would do in the wallet, storing and sending nothing: for a dialog that asks before it awards.
   * By the rule that awards. Up to some hundred inputs, each with a key of its own.
   */
  async plan(
    inputs: readonly AwardInput[],
    run: Pick<IssuingRun, 'reissueWithdrawn'> = {},
  ): Promise<PlannedAward[]> {
    return planAwards(this.context, inputs, run);
  }

  /** Awards one credential. */
  async award(input: AwardInput, run: IssuingRun): Promise<AwardResult> {
    return issueAward(this.context, input, run);
  }

  /** Awards any number of credentials; one result each, in their order. See {@link issueAwards}. */
  awardMany(
    inputs: AsyncIterable<AwardInput> | Iterable<AwardInput>,
    run: IssuingRun,
  ): AsyncGenerator<AwardResult, void, undefined> {
    return issueAwards(this.context, inputs, run);
  }

  /** Closes an award's link for good. A copy in the wallet cannot be recalled: tell the person who confirms it. */
  async withdraw(withdrawal: Withdrawal): Promise<WithdrawalResult> {
    return withdraw(this.context, withdrawal);
  }

  /** Gives an award to somebody else, or to another address. Check first that this member of staff may. See {@link changeRecipient}. */
  async changeRecipient(change: RecipientChange): Promise<RecipientChangeResult> {
    return changeRecipient(this.context, change);
  }

  /** Kills every link of an award and makes a new one. */
  async rotateLink(request: LinkRequest): Promise<LinkResult> {
    return rotateLink(this.context, request);
  }

  /** Mails the recipient of an award once more, at most three times an hour. */
  async resendMail(request: LinkRequest): Promise<ResendOutcome> {
    return resendClaimMail(this.context, request);
  }

  /** Erases a learner, or says why not (security rule 17). Check first that this member of staff may. See {@link eraseLearner}. */
  async erase(request: ErasureRequest): Promise<ErasureReport> {
    return eraseLearner(this.context, request);
  }

  /** Keeps people or an award from being erased, be it by a person or by a rule. See {@link placeHold}. */
  async placeHold(hold: Hold): Promise<void> {
    await placeHold(this.context, hold);
  }

  /** Takes {@link AddFlow.placeHold} back. */
  async liftHold(lift: Pick<Hold, 'of' | 'who'>): Promise<'lifted' | 'not_held'> {
    return liftHold(this.context, lift);
  }

  /** Lets people who were erased be awarded again. See {@link allowAgain}. */
  async allowAgain(allowance: Pick<Hold, 'of' | 'who'>): Promise<'allowed' | 'not_suppressed'> {
    return allowAgain(this.context, allowance);
  }

  /** How much the retention rules purge with their next run, which comes by itself every day. Goes through everybody. */
  async retentionDue(): Promise<RetentionDue> {
    return retentionDue(this.context);
  }

  /** Says that a key management service has destroyed keys, so that erasures which waited for it go on. See {@link keysDestroyed}. */
  async keysDestroyed(destroyed: DestroyedKeys): Promise<number> {
    return keysDestroyed(this.context, destroyed);
  }

  /** The last erasures, newest first, and how far each has come. */
  async erasures(limit = 100): Promise<ErasureWithStanding[]> {
    return listErasures(this.context, limit);
  }

  /** How many mails are in which state; see `MailState`. */
  async mailCounts(): Promise<Readonly<Record<string, number>>> {
    const { issuer, store } = this.context;
    return store.read.countMailsByState(issuer);
  }

  /** The mails that a person should look at: refused, come back, or of unknown fate. */
  mailTroubles(): AsyncGenerator<MailTrouble, void, undefined> {
    return mailTroubles(this.context);
  }

  /** The recipients whose address gets no more mail, and who have something to claim. */
  mutedRecipients(): AsyncGenerator<MutedRecipient, void, undefined> {
    return mutedRecipients(this.context);
  }

  /** Records what your mail provider reports about a mail or an address. */
  async recordBounce(report: BounceReport): Promise<BounceOutcome> {
    return recordBounce(this.context, report);
  }

  /** Lets mails go to the address of an award's recipient again. */
  async clearBounce(request: LinkRequest): Promise<ClearOutcome> {
    return clearBounce(this.context, request);
  }

  /** The claim link for a member of staff; the history says who asked. Check first that they may. */
  async claimLink(request: LinkRequest): Promise<LinkResult> {
    return copyClaimLink(this.context, request);
  }

  /**
   * The page of an award, without a token: send whoever is signed in at the host as its recipient there, with a 303. It needs claim pages with
   * `proof: { host }`. See {@link claimPageUrl}.
   */
  claimPageUrl(awardId: string): string {
    return claimPageUrl(this.context, awardId);
  }

  /** Hands somebody whom the host has signed in over to the claim pages, which need `handoff` over the same store. See {@link handOver}. */
  async handOver(handoffs: Pick<HandoffStore, 'put'>, request: HandoffRequest): Promise<HandoffResult> {
    return handOver(this.context, handoffs, request);
  }

  /** What somebody has, for a page of the host that this person is signed in to. See {@link awardsOfSubject}. */
  async awardsOf(subject: string, options?: AwardsOfSubjectOptions): Promise<AwardOfSubject[]> {
    return awardsOfSubject(this.context, subject, options);
  }

  /**
   * The claim pages, everything below `claimBaseUrl`: mount them in any host that speaks `Request` and `Response`.
   *
   * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
   */
  claimPages(options?: ClaimHandlerOptions): ClaimHandler {
    return createClaimHandler(this.context, options);
  }

  /**
   * What SEEK Pass fetches files from, everything below `documents.baseUrl`: mount it like the claim pages.
   *
   * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
   */
  documents(options?: DocumentHandlerOptions): DocumentHandler {
    return createDocumentHandler(this.context, options);
  }

  /** Submits for a learner who has proved to be the recipient. The claim pages do this for you. */
  async submitClaim(claim: ClaimRequest): Promise<ClaimOutcome> {
    return submitClaim(this.context, claim);
  }

  /** Where the award of a business key stands, in its newest version. */
  async status(key: string): Promise<AwardStatus | undefined> {
    return awardStatus(this.context, key);
  }

  /** Asks SEEK Pass now about awards that are open there: for a page that their recipient comes back to. See {@link lookAgain}. */
  async lookAgain(awardIds: readonly string[]): Promise<void> {
    await lookAgain(this.context, awardIds);
  }

  /** What the store finds the awards of a business key by: for a table of the host that is joined with those of the store. */
  keyHash(key: string): Uint8Array {
    const { lookupKey, issuer } = this.context;
    return lookupHash(lookupKey, issuer, 'business_key', key);
  }

  /** Where the awards of up to some hundred business keys stand, without their histories, in one look-up. See {@link awardStatuses}. */
  async statuses(keys: readonly string[]): Promise<ReadonlyMap<string, AwardSummary>> {
    return awardStatuses(this.context, keys);
  }

  /** The ids of the awards of an e-mail address or a business key: of the whole text, exactly. See {@link findAwards}. */
  async find(question: AwardQuestion): Promise<string[]> {
    return findAwards(this.context, question);
  }

  /** What up to 1,000 awards are about and whose they are, by their ids. Check first that this member of staff may see it. See {@link describeAwards}. */
  async describe(
    awardIds: readonly string[],
    options?: { readonly locale?: string },
  ): Promise<ReadonlyMap<string, AwardDescription>> {
    return describeAwards(this.context, awardIds, options);
  }

  /** Where an award stands, and what the host calls it: for a listener, which is told the id alone. */
  async statusOf(awardId: string): Promise<NamedAwardStatus | undefined> {
    return awardStatusById(this.context, awardId);
  }

  /** How many awards are in which state. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const { issuer, store } = this.context;
    return store.read.countByState(issuer);
  }

  /** What became of awards: how many were issued, started, added, …, over time and by course. See {@link Report}. */
  async report(options?: ReportOptions): Promise<Report> {
    return makeReport(this.context, options);
  }

  /** Counts every award anew for reports: after rows were changed by hand, or to be sure. */
  async recountReports(timeZone: string): Promise<void> {
    await recountReports(this.context, timeZone);
  }

  /** The kill switch: issues and submits nothing more, of one credential type or (`null`) at all, in every process. See {@link stopIssuing}. */
  async stopIssuing(credentialType: CredentialType | null, turn: IssuingTurn<StopReason>): Promise<void> {
    await stopIssuing(this.context, credentialType, turn);
  }

  /** Takes {@link AddFlow.stopIssuing} back. A stop of everything and a stop of one type are taken back each by itself. */
  async resumeIssuing(credentialType: CredentialType | null, turn: IssuingTurn<ResumeReason>): Promise<void> {
    await resumeIssuing(this.context, credentialType, turn);
  }

  /** Which stops are in force, and who turned the kill switch, when and why. */
  async stops(): Promise<IssuingStops> {
    return readStops(this.context);
  }

  /** Brings stored data under the current key after a rotation of the key file. See {@link rewrapKeys}. */
  async rewrapKeys(options?: RewrapOptions): Promise<RewrapReport> {
    return rewrapKeys(this.context, options);
  }

  /** Compares what we have on record with what SEEK Pass says. */
  reconcile(options?: ReconcileOptions): AsyncGenerator<Drift, void, undefined> {
    return reconcile(this.context, options);
  }

  /** Who did what, when and why: awards, people's data, keys, the kill switch. See {@link auditTrail}. */
  auditTrail(filter?: TrailFilter): AsyncGenerator<TrailEntry, void, undefined> {
    return auditTrail(this.context, filter);
  }

  /** Whether that trail is as it was written. See {@link verifyAudit}. */
  async verifyAudit(options?: VerifyAuditOptions): Promise<AuditVerdict> {
    return verifyAudit(this.context, options);
  }

  /** The end of the chain that the trail hangs on, to be kept elsewhere; `undefined` before its first link. See `onAuditHead`. */
  async auditHead(): Promise<AuditHead | undefined> {
    return auditHead(this.context);
  }

  /** Asks SEEK Pass about the submissions that are due. `runDue` does it too. */
  async poll(budget: PollBudget): Promise<PollReport> {
    return pollSubmissions(this.context, budget);
  }

  /**
   * Does what is due: chains the audit trail, polls for at most half the time, then mails and tells the host. Call it from a cron, or again and
   * again from a worker; it returns when nothing is due or the time is over. A trail that cannot be chained holds nothing else up: what went
   * wrong with it is thrown at the end.
   */
  async runDue(budget: PollBudget): Promise<DueReport> {
    return this.#due.run(this.context, budget);
  }
}
