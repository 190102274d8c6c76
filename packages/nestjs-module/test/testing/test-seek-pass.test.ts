import 'reflect-metadata';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { type INestApplication, Injectable, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AddFlow, AwardEvent, VerifyFlow } from '@seek-pass-kit/flows';
import { expect, onTestFinished, test } from 'vitest';
import {
  getAddFlowToken,
  getInboxToken,
  getSeekPassOptionsToken,
  getVerifyFlowToken,
  InjectAddFlow,
  OnAward,
  SeekPassModule,
} from '../../src/index.ts';
import {
  claimLinkOf,
  startTestSeekPass,
  type TestOptions,
  type TestSeekPass,
} from '../../src/testing/index.ts';
import { sampleCredential } from '../sample-credential.ts';

const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu', subject: 'sis:104233' };

@Injectable()
class Registrar {
  constructor(@InjectAddFlow() readonly addFlow: AddFlow) {}

  async award(key: string): Promise<void> {
    const award = { key, recipient, credential: sampleCredential };
    await this.addFlow.award(award, { runId: key, who: 'system' });
  }
}

@Module({
  imports: [
    SeekPassModule.forRootAsync({
      useFactory: () => {
        throw new Error('The settings of production are not here.');
      },
    }),
  ],
  providers: [Registrar],
})
class AppModule {}

async function open(
  change: TestOptions = {},
  adapter?: FastifyAdapter,
): Promise<{ seekPass: TestSeekPass; app: INestApplication; registrar: Registrar; flow: AddFlow }> {
  const seekPass = await startTestSeekPass({ now: Date.UTC(2026, 2, 2, 9) });
  onTestFinished(() => seekPass.close());
  const testing = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(getSeekPassOptionsToken())
    .useValue(seekPass.options(change))
    .compile();
  const settings = { logger: false } as const;
  const app =
    adapter === undefined
      ? testing.createNestApplication(settings)
      : testing.createNestApplication(adapter, settings);
  onTestFinished(() => app.close());
  await app.init();
  return {
    seekPass,
    app,
    registrar: app.get(Registrar),
    flow: app.get<AddFlow>(getAddFlowToken(), { strict: false }),
  };
}

test('an award is mailed, claimed through its link, and known to be added five minutes later', async () => {
  const { seekPass, app, registrar, flow } = await open();
  await registrar.award('2026/WELD/104233');
  expect(await seekPass.runDue(app)).toEqual({ retried: 0, dead: 0 });
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  await seekPass.learner.adds(app, link, { account: 'lan@home.example' });
  expect(seekPass.sandbox.control.learner.wallet({ email: 'lan@home.example' })).toHaveLength(1);

  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'submitted' });
  await seekPass.advance({ minutes: 5 });
  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'added' });
});

test('whatever proof the application asks for, the link is enough for the learner of a test, and no address but this machine’s is called', async () => {
  const called: string[] = [];
  const note = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => called.push(socket.remoteAddress ?? ''));
    socket.once('lookup', (_error, _address, _family, host) => called.push(host));
  };
  subscribe('net.client.socket', note);
  onTestFinished(() => void unsubscribe('net.client.socket', note));
  const { seekPass, app, flow } = await open({
    claimPages: { knownFacts: ['student_number'], guardian: () => false },
  });
  const minor = { ...recipient, minor: true, knownFacts: { student_number: '104233' } };
  const fields = {
    full_name: recipient.fullName,
    education_provider: 'Example University',
    course_name: 'Bachelor of Commerce',
    conferral_year: '2025',
  };
  const credential = { credential_type: 'education', fields } as const;
  await flow.award({ key: 'a', recipient: minor, credential }, { runId: 'a', who: 'system' });
  await seekPass.runDue(app);
  await seekPass.learner.adds(app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  await seekPass.advance({ minutes: 5 });
  await seekPass.runDue(app);
  expect(await flow.status('a')).toMatchObject({ state: 'added' });
  expect(called.length).toBeGreaterThan(0);
  expect(called.filter((address) => address !== '127.0.0.1')).toEqual([]);
});

test('who is under age is refused in a test, too, when nobody is asked whether a guardian agreed', async () => {
  const { seekPass, app, flow } = await open({ claimPages: true });
  const credential = {
    credential_type: 'microcredential',
    fields: {
      full_name: recipient.fullName,
      issuer_name: 'Example University',
      microcredential_name: 'Underwater Welding, Level 2',
      issue_date: '2026-02-20',
    },
  } as const;
  const minor = { ...recipient, minor: true };
  await flow.award({ key: 'a', recipient: minor, credential }, { runId: 'a', who: 'system' });
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  await expect(seekPass.learner.adds(app, link)).rejects.toThrow(/do not lead to SEEK Pass.*\(403\)/);
  expect(seekPass.sandbox.control.submissions.list()).toEqual([]);
});

test('a learner declines, and adds it after all', async () => {
  const { seekPass, app, registrar, flow } = await open();
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  await seekPass.learner.declines(app, link);
  await seekPass.advance({ minutes: 5 });
  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'declined' });

  await seekPass.learner.adds(app, link);
  await seekPass.advance({ minutes: 5 });
  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'added' });
});

test('two days pass at once: what the learner did not finish has expired', async () => {
  const { seekPass, app, registrar, flow } = await open();
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  await seekPass.learner.claims(app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  await seekPass.advance({ days: 2, hours: 2 });
  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'ready', evidence: 'inferred' });
});

test('a call that fails once is repeated although the clock stands', async () => {
  const { seekPass, app, registrar } = await open();
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  const faults = seekPass.sandbox.control.faults;
  faults.set({ path: '/api/partner/v1/add/*', effect: { kind: 'status', status: 503 }, count: 1 });
  await seekPass.learner.adds(app, link);
  expect(faults.list()).toMatchObject([{ happened: 1 }]);
});

test('a link that opens nothing says what the page says', async () => {
  const { seekPass, app, registrar, flow } = await open();
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  const awardId = new URL(link).pathname.split('/').at(-2) ?? '';
  await flow.withdraw({ awardId, who: 'staff-7', reason: 'issued_in_error' });
  await expect(seekPass.learner.adds(app, link)).rejects.toThrow(
    /do not lead to SEEK Pass. They say “.+” \(\d{3}\)/,
  );
});

test('a mail that is not there, and one without a link, are named', async () => {
  const { seekPass, app, registrar } = await open();
  expect(() => seekPass.mails.lastTo('lan@example.edu')).toThrow('only to nobody');
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  expect(() => seekPass.mails.lastTo('minh@example.edu')).toThrow('only to lan@example.edu');
  expect(() => claimLinkOf({ subject: 'Your code', text: '1234 5678' })).toThrow(
    '“Your code” has no claim link',
  );
});

test('SEEK Pass is down for a while: what was asked in vain is asked again two minutes later', async () => {
  const { seekPass, app, registrar, flow } = await open();
  await registrar.award('2026/WELD/104233');
  await seekPass.runDue(app);
  await seekPass.learner.adds(app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  await seekPass.advance({ minutes: 5 });
  const { faults } = seekPass.sandbox.control;
  faults.set({ path: '/api/*', effect: { kind: 'status', status: 503 } });
  await seekPass.runDue(app);
  faults.clear();
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'submitted' });
  await seekPass.advance({ minutes: 2 });
  await seekPass.runDue(app);
  expect(await flow.status('2026/WELD/104233')).toMatchObject({ state: 'added' });
});

test.each([
  ['nguyen@learners.example', 'matched'],
  ['somchai@learners.example', 'mismatched'],
])('somebody is verified as %s in the browser that started: %s', async (account, state) => {
  const { seekPass, app } = await open();
  const flow = app.get<VerifyFlow>(getVerifyFlowToken(), { strict: false });
  const started = await flow.createVerification({
    reference: 'application 17',
    expected: { fullName: 'Nguyễn Thị Minh Ánh', dateOfBirth: '2001-11-02' },
  });
  if (started.outcome !== 'redirect') throw new Error(started.outcome);
  await seekPass.learner.shares(app, started, { account });
  await seekPass.runDue(app);
  expect(await flow.status(started.verificationId)).toMatchObject({ state });
});

test.each([
  ['Express', () => undefined],
  ['Fastify', () => new FastifyAdapter()],
])(
  'a webhook is delivered through %s, and refused when its signature is not right',
  async (_name, adapter) => {
    const { seekPass, app } = await open({}, adapter());
    const { webhooks } = seekPass;
    const event = webhooks.event('vwsp_request.verified');
    expect(await webhooks.deliver(app, event)).toEqual({ status: 204, body: '' });
    expect(await webhooks.deliver(app, event)).toEqual({ status: 204, body: '' });
    for (const signature of ['wrong', 'missing', 'tampered', 'old'] as const) {
      const { status } = await webhooks.deliver(app, webhooks.event('vwsp_request.verified', {}, signature));
      expect([signature, status]).toEqual([
        signature,
        expect.toSatisfy((one: number) => one >= 400 && one < 500),
      ]);
    }
    const inbox = app.get(getInboxToken(), { strict: false });
    expect(await inbox.counts()).toMatchObject({});
  },
);

test('two registrations of one application have their own pages, secrets apart and mails together', async () => {
  const client = { clientId: 'sandbox-hr', clientSecret: '5b1e02c79ad84f36' };
  const seekPass = await startTestSeekPass({ sandbox: { moreClients: [client] } });
  onTestFinished(() => seekPass.close());
  const webhooksOfHr = { secrets: 'f3a9c1d07be24c55' };
  const testing = await Test.createTestingModule({
    imports: [
      SeekPassModule.forRoot(seekPass.options()),
      SeekPassModule.forRoot({
        name: 'hr',
        ...seekPass.options({ ...client, webhooks: webhooksOfHr }, 'hr'),
      }),
    ],
    providers: [Registrar],
  }).compile();
  const app = testing.createNestApplication({ logger: false });
  onTestFinished(() => app.close());
  const { webhooks } = seekPass;
  const event = webhooks.event('vwsp_request.verified');
  expect(await webhooks.deliver(app, event)).toMatchObject({ status: 204 });
  expect(await webhooks.deliver(app, event, 'hr')).toMatchObject({ status: 400 });

  await app.get(Registrar).award('2026/WELD/104233');
  await seekPass.runDue(app, 'hr');
  expect(seekPass.mails.sent).toEqual([]);
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  await expect(seekPass.learner.adds(app, link, { name: 'hr' })).rejects.toThrow('do not lead to SEEK Pass');
  await seekPass.learner.adds(app, link);
});

test('a handler that throws is counted, and called again when its time has come', async () => {
  const seekPass = await startTestSeekPass();
  onTestFinished(() => seekPass.close());
  const calls: string[] = [];

  @Injectable()
  class Marker {
    @OnAward('added')
    mark({ awardId }: AwardEvent): void {
      calls.push(awardId);
      if (calls.length === 1) throw new Error('The table is locked.');
    }
  }

  const testing = await Test.createTestingModule({
    imports: [SeekPassModule.forRoot(seekPass.options({ logger: false }))],
    providers: [Registrar, Marker],
  }).compile();
  onTestFinished(() => testing.close());
  await testing.get(Registrar).award('2026/WELD/104233');
  // Nobody has called init().
  await seekPass.runDue(testing);
  await seekPass.learner.adds(testing, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  await seekPass.advance({ minutes: 5 });
  expect(await seekPass.runDue(testing)).toEqual({ retried: 1, dead: 0 });
  await seekPass.advance({ minutes: 1 });
  expect(await seekPass.runDue(testing)).toEqual({ retried: 0, dead: 0 });
  expect(calls).toHaveLength(2);
});
