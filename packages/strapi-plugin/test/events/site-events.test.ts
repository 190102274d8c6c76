import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SiteAwardEvent } from '../../contract/award-events.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { completedCourse } from '../claims/completed-course.ts';
import { addFlowOf } from '../claims/issued-award.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { type Site, startSite } from '../site/start-site.ts';

interface Delivery {
  readonly event: string;
  readonly body: Record<string, unknown>;
}

let site: Site;
let receiver: Server;
const deliveries: Delivery[] = [];

beforeAll(async () => {
  site = await startSite({ config: { mappings: [courseMapping] } });
  receiver = createServer((incoming, outgoing) => {
    incoming.setEncoding('utf8');
    if (incoming.url === '/hangs') return;
    let text = '';
    incoming.on('data', (chunk: string) => (text += chunk));
    incoming.on('end', () => {
      deliveries.push({ event: String(incoming.headers['x-strapi-event']), body: JSON.parse(text) });
      outgoing.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await site.close();
});

const due = async () => addFlowOf(site).runDue({ budgetMs: 10_000 });

/** As an administrator does by the API: the page of Strapi does not offer events of plugins. */
async function registerWebhook(path: string, events: readonly string[]): Promise<void> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  const { status } = await site.admin.ask('POST', '/admin/webhooks', {
    name: path,
    url,
    headers: {},
    events,
  });
  expect(status).toBe(201);
}

/** What the code of the site hears of one event, in order. */
function hearing(name: string, fail: () => boolean = () => false): SiteAwardEvent[] {
  const heard: SiteAwardEvent[] = [];
  site.strapi.eventHub.on(`seek-pass.award.${name}`, async (event: SiteAwardEvent) => {
    heard.push(event);
    if (fail()) throw new Error('the code of the site failed');
  });
  return heard;
}

test('code of the site and a webhook hear what was issued, without name, address and link', async () => {
  await registerWebhook('/hook', ['seek-pass.award.issued', 'seek-pass.award.withdrawn']);
  const heard = hearing('issued');
  const { awardId, completionId } = await completedCourse(site, { user: null });
  await due();
  await vi.waitFor(() => expect(deliveries).not.toEqual([]));
  const event = {
    awardId,
    state: 'ready',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    contentType: 'api::completion.completion',
    documentId: completionId,
    mapping: 'short-course',
  };
  expect(heard).toEqual([event]);
  expect(deliveries).toEqual([
    {
      event: 'seek-pass.award.issued',
      body: { event: 'seek-pass.award.issued', createdAt: expect.any(String), ...event },
    },
  ]);
});

test('a withdrawal is told too, and what SEEK Pass says', async () => {
  const [withdrawn, declined] = [hearing('withdrawn'), hearing('declined')];
  const first = await completedCourse(site, { user: null });
  const second = await completedCourse(site, { user: null });
  const addFlow = addFlowOf(site);
  await addFlow.withdraw({ awardId: first.awardId, reason: 'revoked', who: 'strapi:1' });
  const claim = await addFlow.submitClaim({ awardId: second.awardId, generation: 1, again: false });
  if (claim.outcome !== 'redirect') throw new Error(claim.outcome);
  site.sandbox.control.learner.decline({ link: claim.redirectUri, email: 'nguyen@learners.example' });
  await addFlow.lookAgain([second.awardId]);
  await due();
  expect(withdrawn).toMatchObject([{ awardId: first.awardId, state: 'withdrawn' }]);
  expect(declined).toMatchObject([{ awardId: second.awardId, state: 'declined' }]);
});

test('an event that nobody could be told of waits in the database until the plugin is connected again', async () => {
  const heard = hearing('issued');
  const { awardId } = await completedCourse(site, { user: null });
  const connection = serviceOf(site.strapi, 'connection');
  await connection.close();
  await connection.reopen();
  await due();
  expect(heard.map((event) => event.awardId)).toContain(awardId);
});

test('code of the site that throws hears the event again', async () => {
  let failures = 1;
  const heard = hearing('issued', () => failures-- > 0);
  const { awardId } = await completedCourse(site, { user: null });
  await due();
  const { connection: knex } = site.strapi.db;
  await knex('seek_pass_jobs')
    .where({ kind: 'award_event.site', state: 'waiting' })
    .update({ claimable_at: 0 });
  await due();
  expect(heard.filter((event) => event.awardId === awardId)).toHaveLength(2);
});

test('a receiver that does not answer holds nothing up', async () => {
  await registerWebhook('/hangs', ['seek-pass.award.issued']);
  const heard = hearing('issued');
  const { awardId } = await completedCourse(site, { user: null });
  const before = Date.now();
  await due();
  // Strapi gives a receiver ten seconds.
  expect(Date.now() - before).toBeLessThan(9_000);
  expect(heard.map((event) => event.awardId)).toEqual([awardId]);
});

test('security rule 11: an event of an award without an entry tells its id and state only', async () => {
  const heard = hearing('issued');
  const result = await addFlowOf(site).award(
    {
      key: 'past the entries of the site',
      recipient: { fullName: 'Nguyễn Thị Lan', email: 'lan@learners.example' },
      credential: {
        credential_type: 'microcredential',
        fields: {
          full_name: 'Nguyễn Thị Lan',
          issuer_name: 'Wattle Bay Training',
          microcredential_name: 'Rigging',
          issue_date: '2026-02-20',
        },
      },
    },
    { runId: 'run-events', who: 'strapi:1' },
  );
  expect(result.result).toBe('created');
  await due();
  expect(Object.keys(heard.at(-1) ?? {}).toSorted()).toEqual(['at', 'awardId', 'state']);
});
