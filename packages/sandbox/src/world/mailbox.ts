import { BoundedList } from './bounded-list.ts';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';

/** One mail in the sandbox's inbox. */
export interface Mail {
  readonly mailId: string;
  /** Milliseconds since the epoch, sandbox clock. */
  readonly receivedAt: number;
  /** `sandbox` for the wallet's own codes, `smtp` for what came in through the SMTP port. */
  readonly source: 'sandbox' | 'smtp';
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Untrusted HTML: show it only in a sandboxed frame. */
  readonly html: string | undefined;
  /** Header lines as received, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly attachments: readonly MailAttachment[];
  /** The source as it came through the SMTP port, cut after {@link keptSourceBytes}; undefined for the wallet's own mails. */
  readonly raw: string | undefined;
}

/** Bytes of a mail's source that are kept. */
export const keptSourceBytes = 64 * 1024;

/** An attachment, without its bytes. */
export interface MailAttachment {
  readonly filename: string | undefined;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/** The mails of the sandbox: at most `limit`, the oldest are dropped first. */
export class Mailbox {
  readonly #mails: BoundedList<Mail>;
  readonly #clock: SandboxClock;
  readonly #random: Random;
  #onDelivery: (() => void) | undefined;

  constructor(options: { readonly clock: SandboxClock; readonly random: Random; readonly limit?: number }) {
    this.#mails = new BoundedList(options.limit ?? 1000);
    this.#clock = options.clock;
    this.#random = options.random;
  }

  deliver(
    mail: Pick<Mail, 'source' | 'from' | 'to' | 'subject' | 'text'> &
      Partial<Pick<Mail, 'html' | 'headers' | 'attachments' | 'raw'>>,
  ): Mail {
    const delivered: Mail = {
      mailId: this.#random.uuid(),
      receivedAt: this.#clock.now(),
      source: mail.source,
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: mail.headers ?? [],
      attachments: mail.attachments ?? [],
      raw: mail.raw,
    };
    this.restore(delivered);
    return delivered;
  }

  /** Puts back a mail of a state file; also how a new one enters. */
  restore(mail: Mail): void {
    this.#mails.push(mail);
    this.#onDelivery?.();
  }

  /** Calls `callback` after every new mail. */
  onDelivery(callback: () => void): void {
    this.#onDelivery = callback;
  }

  /** Newest first; `to` keeps the mails of one address (letter case does not matter). */
  list(filter: { readonly to?: string | undefined } = {}): readonly Mail[] {
    const to = filter.to?.toLowerCase();
    const all = this.#mails.list().toReversed();
    return to === undefined
      ? all
      : all.filter((mail) => mail.to.some((address) => address.toLowerCase() === to));
  }

  read(mailId: string): Mail | undefined {
    return this.#mails.list().find((mail) => mail.mailId === mailId);
  }

  clear(): void {
    this.#mails.clear();
  }
}
