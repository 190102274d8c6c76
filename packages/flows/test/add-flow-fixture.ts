import { createNamespace } from '@seek-pass-kit/core';
import { onTestFinished } from 'vitest';
import type { AwardInput } from '../src/awards/award-input.ts';
import type { IssuingRun } from '../src/awards/award-result.ts';
import { issueAward } from '../src/awards/issue-awards.ts';
import type { Recipient } from '../src/awards/recipient.ts';
import { SealedRecords } from '../src/awards/sealed-records.ts';
import { generateClaimKey, readClaimKey } from '../src/claims/claim-key.ts';
import type { FlowContext } from '../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../src/keys/key-ring.ts';
import type { MailMessage, MailOutcome } from '../src/mail/mail-port.ts';
import { createMemoryStore } from '../src/store/memory/memory-store.ts';
import type { Store } from '../src/store/ports.ts';
import { openSeekPass, type SeekPassFixture } from './open-seek-pass.ts';

/** The run of awards that a test issues without naming one. */
export const sampleRun: IssuingRun = { runId: 'run-1', who: 'staff-7' };

/** What mails were sent, and what the mail server says to the next ones. */
export interface MailCollector {
  readonly sent: MailMessage[];
  /** Answers to come, first one first; `accepted` when there are none. An `Error`: the outcome stays unknown. */
  readonly answers: Array<MailOutcome | Error>;
  send(message: MailMessage): Promise<MailOutcome>;
}

/** A sandbox and everything an add flow needs, on one clock. */
export interface AddFlowFixture extends SeekPassFixture {
  readonly context: FlowContext;
  readonly store: Store;
  readonly mails: MailCollector;
  /** Issues one award of {@link awardInput} and gives its id. */
  readonly issue: (change?: Partial<AwardInput>, run?: IssuingRun) => Promise<string>;
}

/** Opens a fixture; it closes when the test ends. `change` replaces parts of the context. */
export async function openAddFlow(change: Partial<FlowContext> = {}): Promise<AddFlowFixture> {
  const seekPassFixture = await openSeekPass();
  const { clock, sandbox, seekPass } = seekPassFixture;
  const keys = keyRingFromText(generateKeyRing());
  const mails = collectMails();
  const context: FlowContext = {
    issuer: 'default',
    seekPass,
    environment: 'sandbox',
    clientId: sandbox.clientId,
    redirectOrigin: seekPass.redirectOrigin,
    store: createMemoryStore(),
    records: new SealedRecords(keys),
    lookupKey: keys.lookupKey,
    namespace: createNamespace({ environment: 'sandbox', clientId: sandbox.clientId }),
    claimKeys: [readClaimKey(generateClaimKey())],
    claimBaseUrl: 'https://credentials.example.edu/claim',
    brand: { name: 'Example University' },
    defaultLocale: 'en',
    mail: mails,
    keyBackupDays: 30,
    retention: {},
    clock,
    random: () => 0.5,
    ...change,
  };
  onTestFinished(() => context.store.close());
  return {
    ...seekPassFixture,
    context,
    store: context.store,
    mails,
    async issue(inputChange = {}, run = sampleRun) {
      const result = await issueAward(context, awardInput(inputChange), run);
      if (result.result === 'refused')
        throw new Error(`refused: ${result.problems.map(({ path, code }) => `${path} ${code}`).join()}`);
      return result.awardId;
    },
  };
}

/** The learner of the samples. */
export const lan: Recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu', subject: 'sis:104233' };

/** An award of a microcredential to {@link lan}. */
export function awardInput(change: Partial<AwardInput> = {}): AwardInput {
  return {
    key: '2026/WELD/104233',
    recipient: lan,
    credential: microcredential(),
    ...change,
  };
}

/** A microcredential as core takes it. */
export function microcredential(fields: Partial<MicrocredentialFields> = {}): AwardInput['credential'] {
  return {
    credential_type: 'microcredential',
    fields: {
      full_name: 'Nguyễn Thị Lan',
      issuer_name: 'Example University',
      microcredential_name: 'Underwater Welding, Level 2',
      issue_date: '2026-02-20',
      ...fields,
    },
  };
}

type MicrocredentialFields = Extract<
  AwardInput['credential'],
  { credential_type: 'microcredential' }
>['fields'];

function collectMails(): MailCollector {
  const sent: MailMessage[] = [];
  const answers: Array<MailOutcome | Error> = [];
  return {
    sent,
    answers,
    async send(message) {
      sent.push(message);
      const answer = answers.shift() ?? { outcome: 'accepted' };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}
