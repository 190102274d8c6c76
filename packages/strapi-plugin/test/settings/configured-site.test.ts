import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SettingsAnswer } from '../../contract/settings.ts';
import { issueAward } from '../claims/issued-award.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { connectionOf, save } from './new-site.ts';

/** What a test tells the e-mail provider of the site, and what that provider sent. */
const mailbox = globalThis as unknown as {
  sentMails?: Array<Readonly<Record<string, unknown>>>;
  mailFailure?: unknown;
};

let site: Site;
beforeAll(async () => {
  // No ticks but those of the test: the cron of the site would come in between.
  site = await startSite({
    config: {
      sender: { name: 'Wattle Bay', address: 'credentials@wattlebay.example' },
      scopes: 'write.microcredential',
    },
  });
  site.strapi.cron.remove('seek-pass.work');
}, 60_000);
afterEach(() => {
  delete mailbox.mailFailure;
});
afterAll(() => site.close());

const mailCounts = () => connectionOf(site.strapi).required().addFlow.mailCounts();
const mailsTo = (address: string) => (mailbox.sentMails ?? []).filter(({ to }) => to === address);

async function issueTo(email: string): Promise<void> {
  await issueAward(site, `mail/${email}`, { fullName: 'Ada Lovelace', email });
  await connectionOf(site.strapi).tick();
}

test('what code or environment set is shown as such, without the secret', async () => {
  const { body } = await site.admin.ask<SettingsAnswer>('GET', '/seek-pass/settings');
  expect(body.secret).toBe('from_environment');
  expect(body.keys).toEqual({ in: 'environment' });
  expect(body.sources).toMatchObject({
    clientId: 'environment',
    scopes: 'environment',
    defaultLocale: 'default',
  });
  expect(body.values.scopes).toEqual(['write.microcredential']);
  expect(JSON.stringify(body)).not.toContain(site.sandbox.clientSecret);
});

test('what code or environment set is not changed on the page', async () => {
  const answer = await save(site, {
    values: { 'brand.name': 'Another Name' },
    clientSecret: 'c2FuZGJveC1vdGhlcg',
  });
  expect(answer.status).toBe(400);
  expect(answer.body.error.details.errors?.map(({ path }) => path[0])).toEqual([
    'brand.name',
    'clientSecret',
  ]);
});

test('the rest of the page is saved beside it', async () => {
  const { body } = await save(site, { values: { 'brand.helpEmail': 'help@wattlebay.example' } });
  expect(body.values).toMatchObject({
    'brand.name': 'Wattle Bay Training',
    'brand.helpEmail': 'help@wattlebay.example',
  });
  expect(connectionOf(site.strapi).required().settings['brand.helpEmail']).toBe('help@wattlebay.example');
});

test('a mail goes out at the next tick, to the bare address, with its Message-ID', async () => {
  await issueTo('first@learners.example.edu');
  const [mail] = mailsTo('first@learners.example.edu');
  expect(mail).toMatchObject({ from: '"Wattle Bay" <credentials@wattlebay.example>' });
  expect(mail?.['headers']).toMatchObject({ 'Message-ID': mail?.['messageId'] });
  expect(String(mail?.['text'])).toContain('http://127.0.0.1/claim');
});

test('a mail that a provider loses is listed, and not sent again by itself', async () => {
  mailbox.mailFailure = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  await issueTo('lost@learners.example.edu');
  expect(await mailCounts()).toMatchObject({ unknown: 1 });
  delete mailbox.mailFailure;
  await connectionOf(site.strapi).tick();
  expect(mailsTo('lost@learners.example.edu')).toEqual([]);
  expect(await mailCounts()).toMatchObject({ unknown: 1 });
});

test('a mail that certainly did not go out waits and is no trouble', async () => {
  mailbox.mailFailure = Object.assign(new Error('login'), { code: 'EAUTH', responseCode: 535 });
  await issueTo('waits@learners.example.edu');
  expect(await mailCounts()).toMatchObject({ unknown: 1 });
  expect(mailsTo('waits@learners.example.edu')).toEqual([]);
});

test('a mail that the provider refuses is refused for good', async () => {
  mailbox.mailFailure = Object.assign(new Error('no such user'), {
    responseCode: 550,
    response: '550 5.1.1 no such user',
    command: 'RCPT TO',
  });
  await issueTo('refused@learners.example.edu');
  expect(await mailCounts()).toMatchObject({ refused: 1 });
});
