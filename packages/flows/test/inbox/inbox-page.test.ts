import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Inbox } from '../../src/inbox/inbox.ts';
import type { InboxOptions } from '../../src/inbox/inbox-options.ts';
import { delivered, eventBody, openInboxFixture, passingUntil } from './open-inbox.ts';

type Run = (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => Run;

test('the code of the page on the inbox runs as it stands there', async () => {
  const page = await readFile(new URL('../../../../apps/docs/docs/flows/inbox.md', import.meta.url), 'utf8');
  const [setUp = '', mount = '', ...blocks] = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(
    ([, code = '']) => code.replace(/^import .*;$/gm, ''),
  );
  expect(blocks).toHaveLength(3);
  const fixture = await openInboxFixture();
  const asked: string[] = [];
  const counted: string[] = [];
  const opened: { inbox?: Inbox } = {};
  const createInbox = (options: InboxOptions) => ({
    start: async () => {
      opened.inbox = await fixture.open({ handlers: options.handlers });
    },
  });
  const run = (code: string, names: Readonly<Record<string, unknown>>) =>
    new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
  await run(setUp, {
    createInbox,
    seekPass: fixture.seekPass,
    store: fixture.store,
    keys: {},
    isOurs: () => true,
    fetchResult: async (requestId: string) => void asked.push(requestId),
    count: (kind: string) => void counted.push(kind),
    pollOpenVerifications: () => undefined,
  });
  const { inbox } = opened;
  if (inbox === undefined) throw new Error('The page starts no inbox.');
  await run(mount, { inbox });
  const answer = await inbox.receiver()(delivered(eventBody(), fixture.secrets[0] ?? ''));
  expect(answer.status).toBe(204);
  await inbox.runDue({ budgetMs: 2_000 });
  expect({ asked, counted }).toEqual({ asked: ['request-1'], counted: ['verified'] });
  for (const block of blocks) {
    await passingUntil(run(block, { inbox, console: { log: () => undefined } }), () => fixture.pass(20));
  }
});
