import { createNamespace, SeekPassError } from '@seek-pass-kit/core';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import { logTo } from '../../src/node/log-to.ts';
import { awardInput, lan, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { ClaimBrowser, codeIn, proveByMail } from '../claims/claim-browser.ts';
import { flowOptions, sampleClaimKey, sampleRing } from '../flow-options.ts';
import { openHost } from './open-host.ts';
import { overSocket } from './over-socket.ts';

/** A life of an award over a real host, with everything that can go wrong on the way, and all that was logged of it. */
async function liveThrough() {
  const lines: string[] = [];
  const log = logTo(pino({ level: 'trace' }, { write: (line) => void lines.push(line) }));
  const fixture = await openAddFlow();
  const { sandbox, mails, advance } = fixture;
  const { clientId, clientSecret } = sandbox;
  const namespace = createNamespace({ environment: 'sandbox', clientId });
  let tellsBadly = true;
  const flow = createAddFlow({
    ...flowOptions(fixture),
    onNotice: log,
    onEvent({ type, awardId }) {
      log({ event: 'award', type, awardId });
      if (tellsBadly)
        throw new SeekPassError('invalid_payload', `${lan.fullName} <${lan.email}> is not known.`);
    },
  });
  await flow.start();
  const faulty = (): never => {
    throw Object.assign(new Error(`Where is ${lan.email}?`), { name: `Lan ${lan.email}` });
  };
  const { host } = await openHost({
    routes: [
      {
        path: '/claim',
        handler: flow.claimPages({
          onError: (_, at) => log({ event: 'claim_failed', error: 'Error', ...at }),
        }),
      },
      { path: '/faulty', handler: faulty },
    ],
    logger: log,
    work: [{ runDue: faulty }],
  });
  const run = () => flow.runDue({ budgetMs: 60_000 });

  mails.answers.push({ outcome: 'refused', code: '550' });
  const given = await flow.award(awardInput(), sampleRun);
  const awardId = 'awardId' in given ? given.awardId : '';
  await flow.award(awardInput(), sampleRun);
  await run();
  mails.answers.push(new Error(`${lan.email} hung up`));
  await flow.resendMail({ awardId, who: 'staff-7' });
  await run();

  const claimLink = await flow.claimLink({ awardId, who: 'staff-7' });
  const link = claimLink.outcome === 'link' ? claimLink.url : '';
  const browser = new ClaimBrowser(overSocket(host.port));
  await proveByMail(browser, link, mails);
  const code = codeIn(mails);
  sandbox.control.faults.set({ path: '/api/partner/v1/add/*', effect: { kind: 'status', status: 503 } });
  await browser.post('/add');
  sandbox.control.faults.clear();
  await browser.open(link);
  await browser.post('/add').catch(() => browser.page);
  await flow.submitClaim({ awardId, generation: 1, again: false });
  await browser.open('https://credentials.example.edu/faulty/lan@example.edu');
  const [submission] = sandbox.control.submissions.list();
  sandbox.control.learner.consent({ link: submission?.redirectUri ?? '', email: lan.email });
  for await (const _ of flow.reconcile());
  advance({ minutes: 6 });
  await run();
  tellsBadly = false;
  await run();
  await flow.erase({ of: { email: lan.email }, reason: 'asked_by_person', who: 'staff-7' });
  await run();
  await host.close();
  const secrets = {
    name: lan.fullName,
    given: 'Lan',
    address: lan.email,
    subject: lan.subject ?? '',
    key: awardInput().key,
    course: 'Underwater',
    token: link.split('/').at(-1) ?? '',
    code,
    shownCode: code.replaceAll(/\D/g, ''),
    claimKey: sampleClaimKey,
    namespace,
    clientSecret,
    redirectUri: submission?.redirectUri ?? '',
    submissionId: submission?.id ?? '',
    keyOfTheRing: /[\w+/-]{40,}/.exec(sampleRing)?.[0] ?? '',
  };
  return { lines, secrets, awardId };
}

test('security rule 11: a log at its most talkative tells a whole life of an award, failures and erasure included, by ids and codes alone', async () => {
  const { lines, secrets, awardId } = await liveThrough();
  const told = new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event));
  expect([...told]).toEqual(
    expect.arrayContaining([
      'awards_issued',
      'mail_failed',
      'claim_ended',
      'request',
      'request_failed',
      'work_failed',
      'drift_found',
      'award',
      'job_dead',
      'closed',
    ]),
  );
  const log = lines.join('');
  expect(log).toContain(awardId);
  const short = Object.values(secrets).filter((secret) => secret.length < 3);
  expect(short).toEqual([]);
  const found = Object.entries(secrets).filter(([, secret]) => log.includes(secret));
  expect(found).toEqual([]);
});
