import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { freshSandbox } from '../partner.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

/** A host that mails link to; remembers what browsers asked of it. */
async function claimHost(): Promise<{
  origin: string;
  seen: { url: string; referer: string | undefined }[];
}> {
  const seen: { url: string; referer: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', referer: request.headers.referer });
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<title>Before</title><h1>Your award</h1><script>document.title = "Scripts run"</script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

test('mail appears by itself and is shown without letting it do anything', patience, async () => {
  const sandbox = await freshSandbox();
  const host = await claimHost();
  const smtp = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort, ignoreTLS: true });
  const reader = await newVisitor();
  const { page } = reader;
  await page.goto(sandbox.inboxUrl);
  expect(await page.locator('main').innerText()).toContain('No mail yet');
  await reader.look('inbox-1-empty');

  await smtp.sendMail({
    from: 'Registrar <registrar@university.example>',
    to: 'สมชาย <somchai@learners.example>',
    subject: 'Your award: <Bachelor> & more',
    text: `Dear learner,\n\nopen ${host.origin}/claim/text.\n`,
    html: `<base href="${host.origin}/"><h1 style="color: rgb(1, 2, 3)">Congratulations</h1><img src="${host.origin}/pixel.png" alt="">
<script>parent.document.title = 'taken over'</script><p><a href="${host.origin}/claim/html">Claim it</a></p>`,
    attachments: [{ filename: 'award.pdf', content: 'not really a PDF' }],
  });
  const line = page.getByRole('link', { name: 'Your award: <Bachelor> & more' });
  await line.waitFor({ timeout: 10_000 });
  expect(await page.locator('#fresh-told').innerText()).toContain('Your award');
  await reader.look('inbox-2-list');

  await reader.click(line);
  const frame = page.frameLocator('iframe');
  const heading = frame.getByRole('heading', { name: 'Congratulations' });
  await heading.waitFor();
  expect(await page.frames()[1]?.evaluate('getComputedStyle(document.querySelector("h1")).color')).toBe(
    'rgb(1, 2, 3)',
  );
  expect(host.seen).toEqual([]);
  for (const [from, path] of [
    [frame.getByRole('link', { name: 'Claim it' }), '/claim/html'],
    [page.getByRole('link', { name: `${host.origin}/claim/text`, exact: true }), '/claim/text'],
  ] as const) {
    const [tab] = await Promise.all([page.waitForEvent('popup'), from.click()]);
    await tab.waitForFunction('document.title === "Scripts run"');
    expect(host.seen.find(({ url }) => url === path)).toEqual({ url: path, referer: undefined });
    await tab.close();
  }
  expect(host.seen.some(({ url }) => url === '/pixel.png')).toBe(false);
  const main = await page.locator('main').innerText();
  for (const shown of ['award.pdf', 'Content-Type: text/html', 'somchai@learners.example'])
    expect(main).toContain(shown);
  // The frame's own refusals (script, picture) are the point of it.
  reader.complaints.length = 0;
  await reader.look('inbox-3-mail');

  await reader.follow('All mail');
  await reader.follow('Empty the inbox');
  await reader.look('inbox-4-empty');
  await reader.press('Yes, delete all mail');
  expect(await page.locator('main').innerText()).toContain('No mail yet');
  await page.goto(`${sandbox.inboxUrl}gone`);
  await reader.look('inbox-5-no-such-mail');
});

test(
  'the part of a mail that is HTML cannot be framed or act, also when it is opened on its own',
  patience,
  async () => {
    const sandbox = await freshSandbox();
    const smtp = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort, ignoreTLS: true });
    await smtp.sendMail({
      from: 'a@a.example',
      to: 'b@b.example',
      subject: 'x',
      html: '<title>Still</title><script>document.title = "ran"</script><form action="/"><button>Go</button></form>',
    });
    const [mail] = sandbox.control.mails.list();
    const reader = await newVisitor();
    const answer = await reader.page.goto(`${sandbox.inboxUrl}${mail?.mailId}/html`);
    expect(await reader.page.title()).toBe('Still');
    expect(await reader.page.evaluate('origin')).toBe('null');
    expect(answer?.headers()['content-security-policy']).toContain("frame-ancestors 'self'");
  },
);
