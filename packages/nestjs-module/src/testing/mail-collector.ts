import type { MailMessage, MailOutcome, MailPort } from '@seek-pass-kit/flows';

/** The mails that left, in their order. It is the `addFlow.mail` of the options, and accepts everything. */
export class MailCollector implements MailPort {
  /** All of them. */
  readonly sent: MailMessage[] = [];

  /** See `MailPort`. */
  async send(message: MailMessage): Promise<MailOutcome> {
    this.sent.push(message);
    return { outcome: 'accepted' };
  }

  /** Those to an address. */
  to(address: string): MailMessage[] {
    return this.sent.filter(({ to }) => to.address === address);
  }

  /**
   * The newest one to an address.
   *
   * @throws {Error} when there is none.
   */
  lastTo(address: string): MailMessage {
    const mail = this.to(address).at(-1);
    if (mail !== undefined) return mail;
    const others = new Set(this.sent.map(({ to }) => to.address));
    throw new Error(
      `No mail went to ${address}, only to ${[...others].join(', ') || 'nobody'}. Mails leave with runDue.`,
    );
  }
}

/** An award's id has 22 characters of base64url, its token 43. */
const claimLink = /https?:\/\/\S+(?<!\/opt-out)\/[\w-]{22}\/[\w-]{43}(?![\w-])/;

/**
 * The claim link in a mail: its award's, or the first one's when it tells of several.
 *
 * @throws {Error} when it has none.
 */
export function claimLinkOf({ subject, text }: Pick<MailMessage, 'subject' | 'text'>): string {
  const [link] = claimLink.exec(text) ?? [];
  if (link !== undefined) return link;
  throw new Error(`The mail “${subject}” has no claim link.`);
}
