import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type {
  AwardEvent,
  Inbox,
  InboxEvent,
  JobControl,
  VerificationEvent,
  VerifyFlow,
} from '@seek-pass-kit/flows';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type AwardEventOf,
  getInboxToken,
  getVerifyFlowToken,
  OnAward,
  OnSeekPassEvent,
  OnVerification,
  type SeekPassEventOf,
  SeekPassModule,
} from '../../src/index.ts';
import { startTestSeekPass } from '../../src/testing/index.ts';
import { openHandlers } from './open-handlers.ts';

/** What handlers were told, and how often each of them is still to throw. */
class Notes {
  readonly heard: string[] = [];
  readonly failures: Record<string, number> = {};

  hear(line: string): void {
    this.heard.push(line);
    const left = this.failures[line] ?? 0;
    this.failures[line] = left - 1;
    if (left > 0) throw new RangeError('Trần Thị Lan is not known');
  }

  count(line: string): number {
    return this.heard.filter((one) => one === line).length;
  }
}

/** Two handlers of each kind, whose notes are apart in each test. */
function handlers() {
  const notes = new Notes();

  @Injectable()
  class Diplomas {
    @OnAward('added', 'declined')
    async onEnd({ type }: AwardEvent): Promise<void> {
      notes.hear(`diplomas ${type}`);
    }

    @OnVerification('*')
    onVerification({ type }: VerificationEvent): void {
      notes.hear(`diplomas ${type}`);
    }

    @OnSeekPassEvent('vwsp_request.verified')
    onVerified({ requestId }: SeekPassEventOf<'vwsp_request.verified'>): void {
      notes.hear(`diplomas ${requestId}`);
    }
  }

  @Injectable()
  class Letters {
    @OnAward('*')
    async onAward({ type }: AwardEvent): Promise<void> {
      notes.hear(`letters ${type}`);
    }

    @OnVerification('decided')
    onVerification({ type }: VerificationEvent): void {
      notes.hear(`letters ${type}`);
    }

    @OnSeekPassEvent('*')
    onEvent({ requestId }: InboxEvent): void {
      notes.hear(`letters ${requestId}`);
    }
  }
  return { notes, providers: [Diplomas, Letters] };
}

describe('a handler', () => {
  test('is told what became of awards and verifications, and of events, with ids only', async () => {
    const told: unknown[] = [];

    @Injectable()
    class Diplomas {
      @OnAward('added')
      onAdded(event: AwardEventOf<'added'>, { signal }: JobControl): void {
        told.push([event, signal.aborted]);
      }

      @OnVerification('decided')
      onDecided(event: VerificationEvent): void {
        told.push(event);
      }

      @OnSeekPassEvent('vwsp_request.verified')
      @OnSeekPassEvent('vwsp_request.canceled')
      onEvent(event: InboxEvent): void {
        told.push(event);
      }
    }
    const { ends, shares, sends, runAll } = await openHandlers({ providers: [Diplomas] });
    const awardId = await ends('adds');
    await runAll(1);
    const verificationId = await shares();
    await runAll(1);
    expect(await sends('vwsp_request.canceled')).toBe(204);
    await runAll(1);
    const issuer = 'default';
    const at = expect.any(Number) as number;
    expect(told).toEqual([
      [{ type: 'added', issuer, awardId, attempt: 1, at }, false],
      { type: 'decided', issuer, verificationId, at },
      expect.objectContaining({ type: 'vwsp_request.canceled', kind: 'canceled', requestId: 'request-1' }),
    ]);
  });

  test('of an award: one that throws once runs exactly once more, and its sibling does not run again', async () => {
    const { notes, providers } = handlers();
    notes.failures['diplomas added'] = 1;
    const { ends, runAll } = await openHandlers({ providers });
    await ends('adds');
    await runAll();
    expect(notes.heard.sort()).toEqual(['diplomas added', 'diplomas added', 'letters added']);
  });

  test('of a verification: one that throws once runs exactly once more, and its sibling does not run again', async () => {
    const { notes, providers } = handlers();
    notes.failures['letters decided'] = 1;
    const { shares, runAll } = await openHandlers({ providers });
    await shares();
    await runAll();
    expect(notes.count('letters decided')).toBe(2);
    expect(notes.count('diplomas decided')).toBe(1);
  });

  test('of an event: one that throws once runs exactly once more, and its sibling does not run again', async () => {
    const { notes, providers } = handlers();
    notes.failures['diplomas request-1'] = 1;
    const { sends, runAll } = await openHandlers({ providers });
    await sends('vwsp_request.verified');
    await runAll();
    expect(notes.heard.sort()).toEqual(['diplomas request-1', 'diplomas request-1', 'letters request-1']);
  });

  test('whatever fails how often, each runs until it succeeds, and no other one for it', async () => {
    const { notes, providers } = handlers();
    const { ends, shares, sends, runAll } = await openHandlers({ providers });
    const lines = ['added', 'decided', 'request-1'].flatMap((what) => [
      `diplomas ${what}`,
      `letters ${what}`,
    ]);
    const plan = fc.tuple(...lines.map(() => fc.nat(3)));
    let round = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (failures) => {
        round += 1;
        notes.heard.length = 0;
        lines.forEach((line, at) => {
          notes.failures[line] = failures[at] ?? 0;
        });
        await ends('adds', `BCOM/${round}`);
        await shares();
        await sends('vwsp_request.verified', `event-${round}`);
        await runAll(5);
        // SEEK Pass tells of the verification too, under an id of its own.
        const ours = lines.map((line) => notes.count(line));
        expect(ours).toEqual(failures.map((times) => times + 1));
      }),
      { numRuns: 8 },
    );
  });

  test('that goes on failing is given up, and can be replayed; its message is in no line of the log', async () => {
    const { notes, providers } = handlers();
    notes.failures['diplomas request-1'] = 16;
    const { app, sends, runAll, lines, seekPass } = await openHandlers({ providers });
    await sends('vwsp_request.verified', 'event-1');
    await runAll(20);
    expect(notes.count('diplomas request-1')).toBe(16);
    const inbox = app.get<Inbox>(getInboxToken());
    expect(await inbox.dead()).toMatchObject([
      { handler: 'Diplomas-onVerified', reason: expect.stringContaining('RangeError') as string },
    ]);
    await inbox.replay({ eventId: 'event-1', who: 'staff-7' });
    await seekPass.runDue(app);
    expect(notes.count('diplomas request-1')).toBe(17);
    expect(notes.count('letters request-1')).toBe(1);
    const log = lines.join('\n');
    expect(log).toContain('RangeError');
    expect(log).toContain('inbox_event.Diplomas-onVerified');
    expect(log).not.toContain('Lan');
  });

  test('that takes long does not delay the answer of a webhook, and is never run in the request', async () => {
    const running: string[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });

    @Injectable()
    class Slow {
      @OnSeekPassEvent('*')
      async onEvent({ eventId }: InboxEvent): Promise<void> {
        running.push(eventId);
        await ended;
      }
    }
    const { sends, app, seekPass } = await openHandlers({ providers: [Slow] });
    expect(await sends('vwsp_request.verified', 'event-1')).toBe(204);
    expect(running).toEqual([]);
    const work = seekPass.runDue(app);
    await expect.poll(() => running).toEqual(['event-1']);
    const sentAt = performance.now();
    expect(await sends('vwsp_request.verified', 'event-2')).toBe(204);
    expect(performance.now() - sentAt).toBeLessThan(1_000);
    expect(running).toEqual(['event-1']);
    end();
    await work;
    expect(running).toEqual(['event-1', 'event-2']);
  });

  test('runs in a process without a server, too', async () => {
    const seekPass = await startTestSeekPass();
    onTestFinished(() => seekPass.close());
    const { notes, providers } = handlers();

    @Module({
      imports: [SeekPassModule.forRoot(seekPass.options({ logger: false, worker: false }))],
      providers,
    })
    class WorkerModule {}
    const app = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
    onTestFinished(() => app.close());
    const flow = app.get<VerifyFlow>(getVerifyFlowToken());
    const started = await flow.createVerification({ reference: 'application 17', expected: 'anyone' });
    if (started.outcome !== 'redirect') throw new Error(started.outcome);
    await seekPass.learner.shares(app, started);
    await seekPass.runDue(app);
    expect(notes.heard.toSorted()).toEqual(['diplomas decided', 'letters decided']);
  });

  test('that does not know the verification yet parks the event, and is asked again', async () => {
    let asked = 0;

    @Injectable()
    class Late {
      @OnSeekPassEvent('vwsp_request.verified')
      onVerified(): 'parked' | undefined {
        asked += 1;
        return asked === 1 ? 'parked' : undefined;
      }
    }
    const { sends, seekPass, app } = await openHandlers({ providers: [Late] });
    await sends('vwsp_request.verified');
    await seekPass.runDue(app);
    await seekPass.advance({ minutes: 10 });
    await seekPass.runDue(app);
    expect(asked).toBe(2);
  });
});
