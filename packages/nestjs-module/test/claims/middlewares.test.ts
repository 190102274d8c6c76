import type { IncomingMessage } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { urlencoded } from 'express';
import session from 'express-session';
import { describe, expect, test } from 'vitest';
import type { AppSessionProof, ClaimPagesSettings, ConnectMiddleware } from '../../src/index.ts';
import { lan, openPortal } from './portal.ts';

const adapters = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

type WithUser = IncomingMessage & { user?: { id: string } };

const signedIn: ConnectMiddleware = (incoming: WithUser, _outgoing, next) => {
  incoming.user = lan;
  next();
};
const host = (_request: Request, { user }: WithUser) => user && { subject: user.id };

describe.each(adapters)('on %s, middlewares of the application', (_name, adapter) => {
  /** The page of an award, which is shown when `use` lets the learner in. */
  async function openPage(use: readonly ConnectMiddleware[], more: Partial<ClaimPagesSettings> = {}) {
    const claimPages = { use, proof: { host }, ...more };
    const portal = await openPortal({ adapter: adapter(), claimPages, signIn: async () => undefined });
    const awardId = await portal.award();
    const browser = portal.browser();
    const opened = browser.open(`/claim/${awardId}`);
    return { ...portal, awardId, browser, opened };
  }

  const faults: ReadonlyArray<readonly [what: string, use: readonly ConnectMiddleware[], reason: RegExp]> = [
    [
      'throws',
      [
        function sessions() {
          throw new TypeError('redis://user:secret@10.0.0.7 refused');
        },
      ],
      /^The middleware sessions of claimPages.use failed with TypeError\.$/,
    ],
    [
      'gives an error to next',
      [signedIn, (_in, _out, next) => next(new RangeError('x'))],
      /number 2 .* RangeError/,
    ],
    ['rejects', [async () => Promise.reject(new RangeError('x'))], /number 1 .* RangeError/],
    ['asks for another route', [(_in, _out, next) => next('route')], /number 1 .* failed with string/],
  ];
  test.each(faults)(
    'security rule 23: one that %s proves nobody, and the log says which',
    async (_what, use, reason) => {
      const { opened, faults: logged } = await openPage(use);
      const page = await opened;
      expect(page.status).toBe(500);
      expect(page.html).toContain('Example University');
      expect(logged()).toMatchObject([
        { event: 'claim_failed', route: 'start', reason: expect.stringMatching(reason) },
      ]);
      expect(JSON.stringify(logged())).not.toMatch(/redis|secret|Nguy/);
    },
  );

  test('security rule 23: one that never goes on proves nobody, after ten seconds', async () => {
    let asked = false;
    const stuck: ConnectMiddleware = () => {
      asked = true;
    };
    const { opened, seekPass, faults: logged } = await openPage([stuck]);
    await expect.poll(() => asked).toBe(true);
    await seekPass.advance({ seconds: 10 });
    expect((await opened).status).toBe(500);
    expect(logged()).toMatchObject([
      { reason: expect.stringContaining('stuck of claimPages.use did not call next') },
    ]);
  });

  const answering: ReadonlyArray<readonly [when: string, middleware: ConnectMiddleware]> = [
    ['instead of going on', (_in, outgoing) => outgoing.writeHead(303, { location: '/portal' }).end()],
    [
      'right after it went on',
      (incoming: WithUser, outgoing, next) => {
        incoming.user = lan;
        next();
        outgoing.writeHead(303, { location: '/portal' }).end();
      },
    ],
  ];
  test.each(answering)(
    'security rule 23: one that answers by itself, %s, proves nobody, and its answer stays',
    async (_when, middleware) => {
      const { opened, faults: logged } = await openPage([middleware]);
      expect((await opened).title).toBe('Portal');
      expect(logged()).toMatchObject([{ reason: expect.stringContaining('ended the answer') }]);
    },
  );

  test('security rule 23: nothing is submitted behind the answer of a middleware', async () => {
    let late = false;
    const { opened, browser, submissions } = await openPage([
      signedIn,
      (_incoming, outgoing, next) => {
        next();
        if (late) outgoing.writeHead(303, { location: '/portal' }).end();
      },
    ]);
    await opened;
    late = true;
    expect((await browser.post(/add$/)).title).toBe('Portal');
    expect(submissions()).toEqual([]);
  });

  test('security rule 23: a host that throws or says nothing for ten seconds proves nobody, and the log says so', async () => {
    const words: Array<() => Promise<undefined>> = [
      () => Promise.reject(new TypeError('redis://user:secret@10.0.0.7 refused')),
      () => new Promise(() => undefined),
    ];
    let asked = 0;
    const {
      opened,
      browser,
      seekPass,
      awardId,
      faults: logged,
    } = await openPage([signedIn], {
      proof: {
        host: () => {
          asked += 1;
          return words.shift()?.();
        },
      },
    });
    expect((await opened).status).toBe(500);
    const waiting = browser.open(`/claim/${awardId}`);
    await expect.poll(() => asked).toBe(2);
    await seekPass.advance({ seconds: 10 });
    expect((await waiting).status).toBe(500);
    expect(logged()).toMatchObject([
      { reason: 'claimPages.proof.host failed with TypeError.' },
      { reason: 'claimPages.proof.host did not answer in time: look at what it waits for.' },
    ]);
    expect(JSON.stringify(logged())).not.toMatch(/redis|secret/);
  });

  test('one that reads bodies stops the form, and the log says so', async () => {
    const {
      opened,
      browser,
      faults: logged,
      submissions,
    } = await openPage([signedIn, urlencoded({ extended: false }) as ConnectMiddleware]);
    await opened;
    expect((await browser.post(/add$/)).status).toBe(500);
    expect(logged()).toMatchObject([
      { route: 'add', reason: expect.stringMatching(/urlencodedParser .* leave body parsers out/) },
    ]);
    expect(submissions()).toEqual([]);
  });

  test('run once for each page that asks who is signed in, in their order, and for no other', async () => {
    const ran: string[] = [];
    const note =
      (name: string): ConnectMiddleware =>
      (incoming, outgoing, next) => {
        ran.push(name);
        outgoing.setHeader('x-portal', name);
        signedIn(incoming, outgoing, next);
      };
    const { opened, browser, awardId } = await openPage([note('one'), note('two')]);
    const page = await opened;
    expect(page.headers.get('x-portal')).toBe('two');
    expect(ran).toEqual(['one', 'two', 'one', 'two']);
    await browser.open('/claim/logo');
    await browser.open(`/claim/${awardId}/${'A'.repeat(43)}`);
    expect(ran).toHaveLength(4);
  });

  test('a guardian is asked with what they put on the request', async () => {
    const asked: unknown[] = [];
    const { opened, browser, submissions } = await openPage([signedIn], {
      guardian: (_request, award, incoming: WithUser) => {
        asked.push([award.key, incoming.user?.id]);
        return false;
      },
    });
    await opened;
    await browser.post(/add$/);
    expect(asked).toEqual([]);
    expect(submissions()).toHaveLength(1);
  });
});

test('a provider of the application may be the proof', async () => {
  class Sessions implements AppSessionProof {
    readonly #portal: string = 'https://portal.example.edu';

    host() {
      return this.#portal === '' ? { subject: lan.id } : undefined;
    }

    signInUrl(returnTo: string) {
      return `${this.#portal}/sign-in?${returnTo}`;
    }
  }
  const claimPages = { proof: new Sessions() };
  const portal = await openPortal({
    adapter: new ExpressAdapter(),
    claimPages,
    signIn: async () => undefined,
  });
  const answer = await fetch(`${portal.url}/claim/${await portal.award()}`, { redirect: 'manual' });
  expect(answer.headers.get('location')).toMatch(/^https:\/\/portal.example.edu\/sign-in\?https:/);
});

test('a session that writes its cookie with every answer leaves ours there, and the page whole', async () => {
  const eager = session({
    secret: 's',
    resave: true,
    saveUninitialized: true,
    rolling: true,
    name: 'portal',
  });
  const claimPages = { use: [eager as ConnectMiddleware, signedIn], proof: { host } };
  const portal = await openPortal({
    adapter: new ExpressAdapter(),
    claimPages,
    signIn: async () => undefined,
  });
  const awardId = await portal.award();
  const answer = await fetch(`${portal.url}/claim/${awardId}`, { redirect: 'manual' });
  expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
    '__Host-claim-session-default',
    'portal',
  ]);
  const browser = portal.browser();
  expect((await browser.open(`/claim/${awardId}`)).html).toMatch(/<\/html>\s*$/);
  expect((await browser.post(/add$/)).headers.get('refresh')).toContain('/partner/add/');
});

test.each<[string, object]>([
  ['use', { use: [signedIn] }],
  ['use', { use: signedIn, proof: { host } }],
  ['use', { use: ['session'], proof: { host } }],
  ['proof', { proof: { host, linkAlone: 'sandbox' } }],
  ['proof', { proof: { host: 'sis:104233' } }],
  ['trustedProxies', { trustedProxies: ['all'] }],
])('a wrong setting %s stops the start and is named: %j', async (name, claimPages) => {
  const opening = openPortal({
    adapter: new ExpressAdapter(),
    claimPages,
    signIn: async () => undefined,
  });
  await expect(opening).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringMatching(new RegExp(`^SeekPassModule 'default': .*${name}`)),
  });
});
