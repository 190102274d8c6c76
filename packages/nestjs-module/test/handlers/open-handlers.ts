import 'reflect-metadata';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { AddFlow, VerifyFlow } from '@seek-pass-kit/flows';
import { onTestFinished } from 'vitest';
import { getAddFlowToken, getVerifyFlowToken, SeekPassModule } from '../../src/index.ts';
import { claimLinkOf, startTestSeekPass, type TestOptions } from '../../src/testing/index.ts';
import type { TestSeekPass } from '../../src/testing/index.ts';
import { sampleCredential } from '../sample-credential.ts';

/** An application with handlers, and SEEK Pass. */
export interface HandlersFixture {
  readonly seekPass: TestSeekPass;
  readonly app: INestApplication;
  /** What was logged, as text. */
  readonly lines: string[];
  /** A learner is awarded something and adds it, or declines; gives the id of the award. The application learns of it with `run`. */
  readonly ends: (how: 'adds' | 'declines', key?: string) => Promise<string>;
  /** Somebody proves who they are; gives the id of the verification. */
  readonly shares: () => Promise<string>;
  /** SEEK Pass sends an event; gives the status of the answer. */
  readonly sends: (type: string, eventId?: string) => Promise<number>;
  /** Does what is due, then passes time, until everything that may be repeated was. */
  readonly runAll: (turns?: number) => Promise<void>;
}

const recipient = {
  fullName: sampleCredential.fields.full_name,
  email: 'lan@example.edu',
  locale: 'en',
} as const;

interface Opening {
  /** What `main.ts` does before the application starts. */
  readonly prepare?: (app: INestApplication) => void;
  /** The SEEK Pass to use. Default: one of its own. */
  readonly at?: TestSeekPass;
}

/** Opens an application with one registration that has every part. It closes when the test ends. */
export async function openHandlers(
  metadata: ModuleMetadata,
  change: TestOptions = {},
  { prepare = () => undefined, at }: Opening = {},
): Promise<HandlersFixture> {
  const seekPass = at ?? (await startTestSeekPass());
  if (at === undefined) onTestFinished(() => seekPass.close());
  const lines: string[] = [];
  const line = (fields: unknown) => void lines.push(JSON.stringify(fields));
  const logger = { log: line, warn: line, error: line, debug: line };
  const testing = await Test.createTestingModule({
    ...metadata,
    imports: [
      SeekPassModule.forRoot(seekPass.options({ logger, worker: false, ...change })),
      ...(metadata.imports ?? []),
    ],
  }).compile();
  const app = testing.createNestApplication({ logger: false });
  onTestFinished(() => app.close());
  prepare(app);
  await app.init();
  return {
    seekPass,
    app,
    lines,
    async ends(how, key = 'BCOM/1') {
      const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
      const award = { key, recipient, credential: sampleCredential };
      const result = await flow.award(award, { runId: key, who: 'staff-7' });
      if (result.result === 'refused') throw new Error(JSON.stringify(result));
      await seekPass.runDue(app);
      await seekPass.learner[how](app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
      await seekPass.advance({ minutes: 6 });
      return result.awardId;
    },
    async shares() {
      const flow = app.get<VerifyFlow>(getVerifyFlowToken(), { strict: false });
      const started = await flow.createVerification({ reference: 'application 17', expected: 'anyone' });
      if (started.outcome !== 'redirect') throw new Error(started.outcome);
      await seekPass.learner.shares(app, started);
      return started.verificationId;
    },
    async sends(type, eventId = `event-${type}`) {
      const event = seekPass.webhooks.event(type, { event_id: eventId, request_id: 'request-1' });
      return (await seekPass.webhooks.deliver(app, event)).status;
    },
    async runAll(turns = 6) {
      for (let turn = 0; turn < turns; turn += 1) {
        await seekPass.runDue(app);
        await seekPass.advance({ hours: 5 });
      }
    },
  };
}
