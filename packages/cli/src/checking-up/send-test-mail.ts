import { randomUUID } from 'node:crypto';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { Settings } from '../config/settings.ts';
import { openMail } from '../flow/open-mail.ts';
import { type Judgement, ok, problem, warning } from './finding.ts';
import { domainOf } from './look-at-mail.ts';

/**
 * Sends one mail to an address that a person gave, after that person's word.
 *
 * @throws {CommandError} `wrong_usage` for what is no address, `not_confirmed` without the word.
 */
export async function sendTestMail(
  address: string,
  settings: Settings,
  { yes }: { readonly yes: boolean },
  { questions, now }: CommandContext,
): Promise<Judgement> {
  if (!/^[^\s@<>,"]+@[^\s@<>,"]+$/.test(address)) {
    throw new CommandError(
      'wrong_usage',
      '--send-test-mail takes one e-mail address: write it like staff@example.edu.',
    );
  }
  const confirmed =
    yes || (await questions?.confirm({ message: `Send one test mail to ${address}?` })) === true;
  if (!confirmed) {
    throw new CommandError(
      'not_confirmed',
      'No mail was sent: say yes at a terminal, or add --yes in a script.',
    );
  }
  const { mail, brand, claimBaseUrl } = { ...settings.config };
  const id = `${randomUUID()}@${domainOf(mail?.from.address ?? new URL(claimBaseUrl).hostname)}`;
  const text = `This is a test mail of "seek-pass doctor", sent at ${new Date(now()).toISOString()} for ${brand.name}.\n\nThat you read it says that mails leave. Look at its headers for spf=pass, dkim=pass and dmarc=pass.\n`;
  const opened = await openMail(settings);
  try {
    const { outcome } = await opened.send({
      messageId: `<${id}>`,
      to: { name: '', address },
      subject: 'Test mail of seek-pass doctor',
      text,
      html: `<p>${text.trim().split('\n\n').map(escaped).join('</p><p>')}</p>`,
      attachments: [],
      headers: {},
    });
    if (outcome === 'accepted')
      return ok('The mail server took the test mail: look at its headers when it arrives.');
    return outcome === 'deferred'
      ? warning('The mail server put the test mail off.', 'Try again in a minute, and ask who runs it.')
      : problem(
          'The mail server refused the test mail.',
          'Check the address, and whether the server lets you send as mail.from.address.',
        );
  } catch {
    return warning('The connection broke while the test mail was sent.', 'See whether it arrives.');
  } finally {
    opened.close();
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
