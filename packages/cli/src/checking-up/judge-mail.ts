import type { Config } from '../config/config-shape.ts';
import { type Judgement, notChecked, ok, problem, warning } from './finding.ts';

type Smtp = NonNullable<Config['mail']>['smtp'];

/** Judges what the mail server said to a connection and a log-in. `why`: as `SmtpMail.check` gives it, such as `EAUTH 535 5.7.8`. */
export function judgeSmtp(
  { host, user, security }: Smtp,
  outcome: { readonly ok: true } | { readonly ok: false; readonly why: string },
): Judgement[] {
  const server = `The mail server ${host}`;
  if (outcome.ok) {
    const login = user === undefined ? 'asks for no log-in' : 'accepts the log-in';
    return [ok(`${server} answers and ${login}.`), ...judgeEncryption(host, security)];
  }
  const { why } = outcome;
  const said = `(${why})`;
  switch (why.split(' ')[0]) {
    case 'EAUTH':
      return [
        problem(
          `${server} refuses the log-in ${said}.`,
          'Correct mail.smtp.user, and smtpPassword among the secrets.',
        ),
      ];
    case 'ETLS':
      return [
        problem(
          `${server} does not let us encrypt ${said}.`,
          'Set mail.smtp.security and port as the server wants it: tls with 465, or starttls with 587.',
        ),
      ];
    case 'EDNS':
      return [problem(`There is no mail server ${host} ${said}.`, 'Correct mail.smtp.host.')];
    default:
      return [
        problem(
          `${server} does not answer as a mail server does ${said}.`,
          'Check mail.smtp.host, port and security, and whether a firewall lets this machine through.',
        ),
      ];
  }
}

function judgeEncryption(host: string, security: Smtp['security']): Judgement[] {
  if (security !== 'none' || isLoopback(host)) return [];
  return [
    warning(
      'Mails go to the mail server unencrypted, with the claim links in them.',
      'Set mail.smtp.security to starttls or tls.',
    ),
  ];
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[?::1\]?)$/.test(host);
}

/** What the DNS tells of the domain that mails come from. `undefined`: it could not be asked. */
export interface SenderRecords {
  /** TXT records of the domain. */
  readonly txt: readonly string[] | undefined;
  /** TXT records of `_dmarc.` and the domain. */
  readonly dmarc: readonly string[] | undefined;
  readonly hasMx: boolean | undefined;
}

/** Judges whether mail servers will believe mails from a domain. */
export function judgeSender(domain: string, { txt, dmarc, hasMx }: SenderRecords): Judgement[] {
  if (txt === undefined && dmarc === undefined && hasMx === undefined) {
    return [
      notChecked(
        `The DNS does not answer here, so ${domain} was not looked up.`,
        'Look up its SPF and DMARC records elsewhere.',
      ),
    ];
  }
  return [judgeSpf(domain, txt), judgeDmarc(domain, dmarc), judgeMx(domain, hasMx), dkim];
}

const dkim = notChecked(
  'Whether mails are signed (DKIM) shows in a mail only.',
  'Send yourself one with --send-test-mail, and look for "dkim=pass" in its headers.',
);

function judgeSpf(domain: string, txt: readonly string[] | undefined): Judgement {
  if (txt === undefined) return notChecked(`SPF of ${domain} could not be looked up.`);
  const records = txt.filter((text) => /^v=spf1(\s|$)/i.test(text));
  if (records.length === 1) return ok(`${domain} says who may send for it (SPF).`);
  return records.length === 0
    ? warning(
        `${domain} has no SPF record.`,
        'Publish one that names your mail server, or mails may land in spam.',
      )
    : warning(`${domain} has ${records.length} SPF records, which counts as none.`, 'Merge them into one.');
}

function judgeDmarc(domain: string, dmarc: readonly string[] | undefined): Judgement {
  if (dmarc === undefined) return notChecked(`DMARC of ${domain} could not be looked up.`);
  return dmarc.some((text) => /^v=DMARC1(\s*;|$)/i.test(text))
    ? ok(`${domain} has a DMARC policy.`)
    : warning(
        `${domain} itself has no DMARC policy.`,
        'Publish one, unless a domain above it has one: large mailbox providers ask for it.',
      );
}

function judgeMx(domain: string, hasMx: boolean | undefined): Judgement {
  if (hasMx === undefined) return notChecked(`The mail server of ${domain} could not be looked up.`);
  return hasMx
    ? ok(`Answers and bounces to ${domain} have a mail server.`)
    : warning(
        `${domain} has no mail server (MX).`,
        'Give mail.replyTo an address that is read, and see that bounces arrive somewhere.',
      );
}
