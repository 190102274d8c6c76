import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MyClaim } from '../../contract/me-awards.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { allow, EndUser } from '../site/end-user.ts';
import { Learner } from '../site/learner.ts';
import { mailsOf } from '../site/sent-mails.ts';
import { loggedDuring } from '../site/logged-during.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { completedCourse } from './completed-course.ts';
import { addFlowOf } from './issued-award.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ config: { mappings: [courseMapping] } });
  await allow(site.strapi, 'authenticated', 'plugin::seek-pass.me.claim');
}, 60_000);
afterAll(() => site.close());

const claimPath = (awardId: string) => `/api/seek-pass/me/awards/${awardId}/claim`;

/** A user whom staff linked, and an award of theirs. */
async function linkedUser() {
  const user = await EndUser.registered(site);
  return { user, ...(await completedCourse(site, { user: user.documentId })) };
}

async function handedOver(user: EndUser, awardId: string): Promise<string> {
  const { status, body } = await user.ask<MyClaim>('POST', claimPath(awardId));
  expect(status).toBe(200);
  return body.data.url;
}

async function goOn(learner: Learner, url: string) {
  await learner.open(url);
  return learner.press('/handoff');
}

const submissions = () => site.sandbox.control.submissions.list().length;

test('a signed-in user goes on to the page of the award without a code, and adds it', async () => {
  const { user, awardId } = await linkedUser();
  const learner = new Learner(site);
  const mails = mailsOf().filter(({ to }) => to === 'lan@learners.example').length;
  const page = await learner.open(await handedOver(user, awardId));
  expect([page.status, page.url.pathname]).toEqual([200, '/claim/handoff']);
  const awards = await learner.press('/handoff');
  expect(awards.html).toContain('Forklift Safety');
  const before = submissions();
  learner.accepts(await learner.addsAward(awardId));
  expect(submissions()).toBe(before + 1);
  await addFlowOf(site).lookAgain([awardId]);
  expect(await addFlowOf(site).statusOf(awardId)).toMatchObject({ state: 'added' });
  expect(mailsOf().filter(({ to }) => to === 'lan@learners.example')).toHaveLength(mails);
});

test('security rule 24: the address works once, in one of several browsers at the same time', async () => {
  const { user, awardId } = await linkedUser();
  const url = await handedOver(user, awardId);
  const learners = [1, 2, 3, 4].map(() => new Learner(site));
  for (const learner of learners) await learner.open(url);
  const pages = await Promise.all(learners.map(async (learner) => learner.press('/handoff')));
  expect(pages.filter(({ url: { pathname } }) => pathname === '/claim/awards')).toHaveLength(1);
  expect(pages.filter(({ status }) => status === 410)).toHaveLength(3);
});

test('security rule 4: opening it changes nothing in the database', async () => {
  const { user, awardId } = await linkedUser();
  const url = await handedOver(user, awardId);
  const tables = async () => {
    const names = [
      'handoffs',
      'claim_sessions',
      'claim_codes',
      'awards',
      'submissions',
      'history',
      'mails',
      'limits',
    ];
    const { connection: knex } = site.strapi.db;
    return JSON.stringify(await Promise.all(names.map((name) => knex(`seek_pass_${name}`).select())));
  };
  const before = await tables();
  const scanner = new Learner(site);
  await scanner.open(url);
  await scanner.request(new URL(url), { method: 'HEAD' });
  expect(await tables()).toBe(before);
  expect((await goOn(new Learner(site), url)).url.pathname).toBe('/claim/awards');
});

test('security rule 5: its secret is in no log and no later address, and the database holds a hash of it', async () => {
  const { user, awardId } = await linkedUser();
  const learner = new Learner(site);
  let secret = '';
  const logged = await loggedDuring(site, async () => {
    const url = await handedOver(user, awardId);
    secret = url.split('/').at(-1) ?? '';
    const rows: unknown = await site.strapi.db.connection('seek_pass_handoffs').select();
    const bytes = Buffer.from(secret).toString('hex');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(bytes);
    expect(JSON.stringify(rows)).not.toContain(user.documentId);
    await goOn(learner, url);
  });
  expect(secret).toHaveLength(43);
  expect(logged).toContain(claimPath(awardId));
  expect(logged).not.toContain(secret);
  expect(learner.addresses.filter((address) => address.includes(secret))).toHaveLength(1);
  expect(learner.referers.join()).not.toContain(secret);
});

test('security rule 24: nobody gets an address for what is not theirs, and learns nothing of it', async () => {
  const { awardId } = await linkedUser();
  const other = await EndUser.registered(site, 'other@learners.example');
  const byMail = await completedCourse(site, { user: null, email: 'other@learners.example' });
  const answers = [];
  for (const id of [awardId, byMail.awardId, 'A'.repeat(22), 'nonsense']) {
    answers.push(await other.ask('POST', claimPath(id)));
  }
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test.each([
  ['was blocked', async (user: EndUser) => user.change(site.strapi, { blocked: true })],
  ['was deleted', async (user: EndUser) => user.remove(site.strapi)],
  [
    'was unlinked',
    async (_user: EndUser, learnerId: string) => {
      const data = { user: null } as never;
      await site.strapi.documents('api::learner.learner' as never).update({ documentId: learnerId, data });
    },
  ],
])('security rule 24: a user who %s since cannot add', async (_what, happens) => {
  const { user, awardId, learnerId } = await linkedUser();
  const waiting = await handedOver(user, awardId);
  const learner = new Learner(site);
  const awards = await goOn(learner, await handedOver(user, awardId));
  expect(awards.status).toBe(200);
  await happens(user, learnerId);
  const before = submissions();
  const answer = await learner.press(`/${awardId}/add`);
  expect([answer.status, answer.title]).toEqual([403, 'This link is for somebody else']);
  expect((await goOn(new Learner(site), waiting)).status).toBe(403);
  expect(submissions()).toBe(before);
});

test('security rule 24: once another user went on in this browser, the former page adds nothing', async () => {
  const [mine, theirs] = [await linkedUser(), await linkedUser()];
  const learner = new Learner(site);
  const former = await goOn(learner, await handedOver(mine.user, mine.awardId));
  await goOn(learner, await handedOver(theirs.user, theirs.awardId));
  learner.page = former;
  const before = submissions();
  expect((await learner.press(`/${mine.awardId}/add`)).status).toBe(403);
  expect(submissions()).toBe(before);
});

test('security rule 24: whoever registers with the address of the mail proves nothing by it; the mailed code still does', async () => {
  const { awardId } = await completedCourse(site, { user: null, email: 'mai@learners.example' });
  const thief = await EndUser.registered(site, 'mai@learners.example');
  expect((await thief.ask('POST', claimPath(awardId))).status).toBe(404);
  const link = await addFlowOf(site).claimLink({ awardId, who: 'strapi:1' });
  if (link.outcome !== 'link') throw new Error(link.outcome);
  const learner = new Learner(site);
  // The mapping has a known fact, which is asked for after the code.
  expect((await learner.proves(link.url)).url.pathname).toMatch(/\/facts$/);
});
