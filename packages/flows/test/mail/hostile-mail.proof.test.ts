import { proof } from '@seek-pass-kit/prove';
import type { Sandbox } from '@seek-pass-kit/sandbox';
import fc from 'fast-check';
import addressparser from 'nodemailer/lib/addressparser';
import { expect, onTestFinished, test } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { isMailbox } from '../../src/awards/mailbox.ts';
import { emailHash } from '../../src/awards/recipient-identity.ts';
import type { Recipient } from '../../src/awards/recipient.ts';
import { claimDelivery } from '../../src/mail/claim-mail.ts';
import { composeMessage } from '../../src/mail/compose-message.ts';
import type { AwardRow } from '../../src/store/rows.ts';
import { createSmtpMail } from '../../src/smtp/index.ts';
import { awardInput, microcredential, openAddFlow } from '../add-flow-fixture.ts';

const from = { name: 'Example University', address: 'credentials@example.edu' };

/** What a name or a title must not do: end a header, begin another, be an address, be a link, turn the line, be markup. */
const marks = [
  '\r\n',
  '\n',
  '\r',
  '\u2028',
  '\0',
  '\t',
  '\u202e',
  '\u2066',
  ...'"<>,;:()'.split(''),
  "'",
  '\\',
];
const addresses = [
  'Bcc: a@evil.example',
  '<a@evil.example>',
  '"a" <a@evil.example>,',
  'group: a@evil.example;',
];
const smuggled = [
  '\r\n.\r\nMAIL FROM:<x@evil.example>\r\n',
  '=?utf-8?Q?x?=',
  '{name}',
  '{brand}',
  'a'.repeat(120),
];
const links = ['https://evil.example/x', 'http:evil.example', '//evil.example', 'www.evil.example'];
const markup = ['<a href="https://evil.example">', '<img src=x onerror=a()>', '</p><script>', '&lt;'];
const names = ['Lan', 'Nguyễn', 'สมชาย', '陳', 'سارة', 'ශ්‍රී', '👩‍🎓'];
const piece = fc.constantFrom(...marks, ...addresses, ...smuggled, ...links, ...markup, ...names);
const noise = fc.string({ unit: 'binary', maxLength: 20 });
const hostileText = fc
  .array(fc.oneof({ weight: 4, arbitrary: piece }, noise), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(' '));

const headersOfOurs = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
];
const ourHost = 'credentials.example.edu';

proof(
  'security rule 20: whatever a name and a title hold, a mail over real SMTP has one recipient, no new header, and only our link',
  { small: 60, full: 3_000 },
  async ({ size, seed }) => {
    const { context, sandbox, store, issue } = await openAddFlow();
    const smtp = createSmtpMail({ host: '127.0.0.1', port: sandbox.smtpPort, from });
    onTestFinished(() => smtp.close());
    const award = await store.read.award('default', await issue());
    if (award === undefined) throw new Error('The award was issued.');

    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (fullName, title) => {
        sandbox.control.mails.clear();
        // Sealed as it is: what a name may hold is checked when it is awarded, and a mail does not rely on that.
        const message = await composeHostile(context, award, { fullName, email: 'lan@example.edu' }, title);
        await smtp.send(message);
        expectHarmless(sandbox.control.mails.list());
      }),
      { numRuns: size, seed },
    );
  },
);

function expectHarmless([mail, ...others]: ReturnType<Sandbox['control']['mails']['list']>): void {
  expect(others).toEqual([]);
  expect(mail?.to).toEqual(['lan@example.edu']);
  expect(mail?.headers.map(([name]) => name).toSorted()).toEqual(headersOfOurs);
  const to = mail?.headers.find(([name]) => name === 'to')?.[1] ?? '';
  expect(addressparser(to).map(({ address }) => address)).toEqual(['lan@example.edu']);
  const body = `${mail?.text}\n${mail?.html}`;
  const found = body.match(/(?:[a-z]+:)?\/\/[^\s"<]+/gi) ?? [];
  expect(new Set(found.map((link) => new URL(link, 'https://bare.example').host))).toEqual(
    new Set([ourHost]),
  );
  expect(body).not.toMatch(/evil\.e|@evil|www\.e|http:e/);
  const tags = [...(mail?.html ?? '').matchAll(/<(script|img|a|form|iframe)\b/g)].map(([, tag]) => tag);
  expect(tags).toEqual(['a', 'a', 'img']);
}

test('security rule 20: an address that is not one plain mailbox is awarded nothing', async () => {
  const { context } = await openAddFlow();
  const recipient = awardInput().recipient;
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const email = `${text}@example.edu`;
      fc.pre(!isMailbox(email));
      const result = await issueAward(context, awardInput({ recipient: { ...recipient, email } }), {
        runId: 'r',
        who: 'staff-7',
      });
      expect(result).toMatchObject({ result: 'refused', problems: [{ path: 'recipient.email' }] });
    }),
    { numRuns: 200 },
  );
});

async function composeHostile(
  context: Parameters<typeof composeMessage>[0],
  award: AwardRow,
  person: Recipient,
  title: string,
) {
  const { issuer, records } = context;
  const id = 'hostile';
  const { dataKey, wrappedKey, keyId } = await records.newDataKey(issuer, id);
  const recipient = {
    issuer,
    id,
    emailHash: emailHash(context, person.email),
    subjectHash: null,
    wrappedKey,
    keyId,
    sealedPerson: records.sealPerson(dataKey, issuer, id, person),
    createdAt: 0,
  };
  const credential = microcredential({ microcredential_name: title });
  const sealedCredential = records.sealAward(dataKey, issuer, award.id, { key: 'k', credential });
  return composeMessage(context, claimDelivery(context, 'run-1', id), recipient, [
    { ...award, sealedCredential },
  ]);
}
