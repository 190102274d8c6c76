/** What an application does beside answering SEEK Pass: its own sign-in, handlers that fail, health, and an end in the middle of the work. */
'use strict';

const { decorate } = require('./application.cjs');

const origin = 'https://portal.example.edu';
const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu', subject: 'sis:104233' };
const award = {
  key: '2026/WELD/104233',
  recipient,
  credential: {
    credential_type: 'microcredential',
    fields: {
      full_name: recipient.fullName,
      issuer_name: 'Example University',
      microcredential_name: 'Underwater Welding, Level 2',
      issue_date: '2026-02-20',
    },
  },
};
const run = { runId: 'run-1', who: 'staff-7' };

/** Sessions of the application, by the cookie that it gave. */
const sessions = { 'session-of-lan': recipient.subject, 'session-of-a-twin': 'sis:104234' };

async function checkLifecycle(libraries, { seekPass, server }, check) {
  await checkProofAndHandlers(libraries, { seekPass, server }, check);
  await checkDrain(libraries, { seekPass, server }, check);
}

/** From the controller that leads somebody who is signed in to their award, to the handlers that are told of it. */
async function checkProofAndHandlers(libraries, { seekPass, server }, check) {
  const { common, module } = libraries;
  const heard = [];

  class PortalController {
    add(awardId) {
      return module.claimRedirect(this.flow, awardId);
    }
  }
  common.Inject(module.getAddFlowToken())(PortalController.prototype, 'flow');
  common.Param('awardId')(PortalController.prototype, 'add', 0);
  decorate(PortalController.prototype, 'add', [common.Post('awards/:awardId/add'), common.Redirect()]);
  Reflect.decorate([common.Controller('portal')], PortalController);

  class AwardHandlers {
    async wallet({ type }) {
      heard.push(`wallet ${type}`);
      if (heard.filter((line) => line.startsWith('wallet')).length === 1) throw new Error('not yet');
    }
    async letter({ type }) {
      heard.push(`letter ${type}`);
    }
  }
  decorate(AwardHandlers.prototype, 'wallet', [module.OnAward('*')]);
  decorate(AwardHandlers.prototype, 'letter', [module.OnAward('added')]);
  Reflect.decorate([common.Injectable()], AwardHandlers);

  const registration = seekPass.options({
    logger: false,
    claimPages: {
      proof: {
        host(request) {
          const [, id = ''] = /portal=([^;]*)/.exec(request.headers.get('cookie') ?? '') ?? [];
          const subject = sessions[id];
          return subject === undefined ? undefined : { subject };
        },
        signInUrl: () => `${origin}/portal/sign-in`,
      },
    },
  });
  const parts = { registration, controllers: [PortalController], providers: [AwardHandlers] };
  const app = await open(libraries, server, parts);
  try {
    const flow = app.get(module.getAddFlowToken(), { strict: false });
    const { awardId } = await flow.award(award, run);
    const start = `/portal/awards/${awardId}/add`;
    const stranger = await browse(app, start);
    check('who is not signed in is led to the sign-in', stranger.location, `${origin}/portal/sign-in`);
    const twin = await browse(app, start, 'session-of-a-twin');
    check('somebody else finds nothing', [twin.status, twin.html.includes('Nguyễn')], [403, false]);
    const lan = await browse(app, start, 'session-of-lan');
    check('the learner finds the award', [lan.status, lan.html.includes('Nguyễn')], [200, true]);
    const before = seekPass.sandbox.control.submissions.list().length;
    const added = await lan.send();
    const link = /^0; url=(.*)$/.exec(added.refresh ?? '')?.[1];
    const submitted = seekPass.sandbox.control.submissions.list().length - before;
    check('its button submits', [link !== undefined, submitted], [true, 1]);

    seekPass.sandbox.control.learner.consent({ link, email: 'nguyen@learners.example' });
    seekPass.sandbox.control.learner.signInToApp({ email: 'nguyen@learners.example' });
    await seekPass.advance({ minutes: 6 });
    const first = await seekPass.runDue(app);
    check(
      'a handler that throws',
      [first.retried, heard.splice(0).toSorted((a, b) => a.localeCompare(b))],
      [1, ['letter added', 'wallet added']],
    );
    heard.push('wallet before');
    await seekPass.advance({ minutes: 1 });
    const second = await seekPass.runDue(app);
    check('is told once more, and no other', [second.retried, heard.splice(1)], [0, ['wallet added']]);
    const health = app.get(module.getSeekPassHealthToken(), { strict: false });
    check('health', (await health.check()).seekPass.status, 'up');
  } finally {
    await app.close();
  }
}

/** A mail that is on its way while the application ends. */
async function checkDrain(libraries, { seekPass, server }, check) {
  const { module } = libraries;
  const happened = [];
  let arrive;
  let sends;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const sending = new Promise((resolve) => (sends = resolve));
  const mail = {
    async send() {
      sends();
      await arrived;
      happened.push('sent');
      return { outcome: 'accepted' };
    },
  };
  const registration = seekPass.options({ logger: false, worker: {}, addFlow: { mail } });
  const app = await open(libraries, server, { registration });
  const health = app.get(module.getSeekPassHealthToken(), { strict: false });
  await app.get(module.getAddFlowToken(), { strict: false }).award(award, run);
  await sending;
  const closed = app.close().then(() => happened.push('closed'));
  check('health while it ends', (await health.check()).seekPass.status, 'down');
  happened.push('asked');
  arrive();
  await closed;
  check('what runs is waited for', happened, ['asked', 'sent', 'closed']);
}

async function open({ common, core, adapters, module }, server, { registration, ...parts }) {
  const whole = common.Module({ imports: [module.SeekPassModule.forRoot(registration)], ...parts });
  const AppModule = Reflect.decorate([whole], function AppModule() {});
  const app = await core.NestFactory.create(AppModule, new adapters[server](), {
    logger: false,
    abortOnError: false,
  });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** POSTs to a path of the application, as whoever has the session, and follows to the page; `send` presses its button. */
async function browse(app, path, session) {
  const url = await app.getUrl();
  const cookies = new Map(session === undefined ? [] : [['portal', session]]);
  const ask = async (at, init = {}) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(url + at, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie, origin },
    });
    for (const set of answer.headers.getSetCookie()) cookies.set(...set.split(';')[0].split(/=(.*)/s));
    const html = await answer.text();
    const location = answer.headers.get('location');
    const next = location === null ? undefined : new URL(location, origin + at);
    // The sign-in is for the application to show.
    if (next !== undefined && next.origin === origin && next.pathname !== '/portal/sign-in')
      return ask(next.pathname + next.search);
    return { status: answer.status, html, location, refresh: answer.headers.get('refresh') };
  };
  const page = await ask(path, { method: 'POST' });
  const send = () => {
    const [, action = '', form = ''] =
      /<form[^>]*action="([^"]+\/add)"[^>]*>(.*?)<\/form>/s.exec(page.html) ?? [];
    const fields = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1],
      /value="([^"]*)"/.exec(input)?.[1],
    ]);
    return ask(new URL(action, origin).pathname, { method: 'POST', body: new URLSearchParams(fields) });
  };
  return { ...page, send };
}

module.exports = { checkLifecycle };
