import type { SmtpMail } from '@seek-pass-kit/flows/smtp';
import type { Config } from '../config/config-shape.ts';
import type { Settings } from '../config/settings.ts';
import { openMail } from '../flow/open-mail.ts';
import { type Judgement, notChecked, ok, problem } from './finding.ts';
import { isLoopback, judgeSender, judgeSmtp } from './judge-mail.ts';
import { lookUpSender } from './look-up-sender.ts';

/** Connects and logs in, sends nothing, and looks up the domain that mails come from. */
export async function lookAtMail(settings: Settings): Promise<Judgement[]> {
  const { mail } = settings.config;
  if (mail === undefined) {
    return [problem('No mail is configured: nobody gets a claim link.', 'Give mail.from and mail.smtp.')];
  }
  const [server, sender] = await Promise.all([lookAtServer(settings, mail), lookAtSender(mail)]);
  return [...server, ...sender];
}

async function lookAtServer(settings: Settings, { smtp }: NonNullable<Config['mail']>): Promise<Judgement[]> {
  let opened: SmtpMail;
  try {
    opened = await openMail(settings);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [problem(error.message, 'Correct it, and run the doctor again.')];
  }
  try {
    return judgeSmtp(smtp, await opened.check());
  } finally {
    opened.close();
  }
}

async function lookAtSender({ from, smtp }: NonNullable<Config['mail']>): Promise<Judgement[]> {
  const domain = domainOf(from.address);
  if (isLoopback(smtp.host)) {
    return [ok(`Mails stay on this machine, so nobody asks the DNS about ${domain}.`)];
  }
  if (/(^|\.)(example(\.(com|net|org|edu))?|test|invalid|localhost)$/.test(domain)) {
    return [
      problem(
        `Mails come from ${domain}, which is reserved for examples.`,
        'Set mail.from.address to an address of yours.',
      ),
    ];
  }
  const lookup = await Promise.race([lookUpSender(domain), later()]);
  return lookup === undefined
    ? [notChecked(`The DNS did not answer in time about ${domain}.`)]
    : judgeSender(domain, lookup);
}

/** What stands after the @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

const patienceMs = 8_000;

function later(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs).unref();
  });
}
