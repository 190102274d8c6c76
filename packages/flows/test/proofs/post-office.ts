import { appendFile, open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { MailMessage, MailOutcome, MailPort } from '../../src/mail/mail-port.ts';

/** One message that reached the mail server. */
export interface DeliveredMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What the mail server makes of an address that is not there, or of a moment when it has too much to do. */
export interface MailTroubles {
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly refused: (address: string) => boolean;
}

/** How a mail server behaves. */
export interface MailServer {
  readonly troubles?: MailTroubles;
  /** How long it takes over each message before it takes it, in milliseconds. */
  readonly slowMs?: number;
  /** Told before each message is handed over. */
  readonly onSend?: () => void;
}

/**
 * A mail server that outlives whoever sends to it: a file with one line for each message it took. Of twenty it puts one
 * off, and of another one the sender never learns that it was taken.
 */
export function mailTo(file: string, { troubles, slowMs = 0, onSend }: MailServer): MailPort {
  return {
    async send({ messageId, to, subject, text }: MailMessage): Promise<MailOutcome> {
      if (troubles?.refused(to.address) === true) return { outcome: 'refused', code: '550' };
      onSend?.();
      if (slowMs > 0) await pause(slowMs);
      const luck = troubles?.random() ?? 1;
      if (luck < 0.05) return { outcome: 'deferred', retryAfterMs: 100 };
      const mail: DeliveredMail = { messageId, to: to.address, subject, text };
      await appendFile(file, `${JSON.stringify(mail)}\n`);
      if (luck < 0.1) throw new Error('The connection broke before the answer.');
      return { outcome: 'accepted' };
    },
  };
}

/** What the mail server took so far, read as it grows. */
export class PostOffice {
  readonly #file: string;
  readonly #mails: DeliveredMail[] = [];
  readonly #mailbox = new Map<string, DeliveredMail[]>();
  #offset = 0;
  #rest = '';
  #reading: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** All messages, oldest first. */
  async delivered(): Promise<readonly DeliveredMail[]> {
    await this.#read();
    return this.#mails;
  }

  /** The newest message to an address whose text has this. */
  async newestTo(address: string, text: RegExp): Promise<DeliveredMail | undefined> {
    await this.#read();
    return this.#mailbox.get(address)?.findLast((mail) => text.test(mail.text));
  }

  /** Everybody who asks at the same time reads with the one who reads. */
  async #read(): Promise<void> {
    // Whoever comes while somebody reads may want what was written since, so the next reading is theirs.
    await this.#reading;
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #readOn(): Promise<void> {
    const file = await open(this.#file, 'a+');
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(size - this.#offset),
        0,
        undefined,
        this.#offset,
      );
      this.#offset += bytesRead;
      const lines = (this.#rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const mail = JSON.parse(line) as DeliveredMail;
        this.#mails.push(mail);
        this.#mailbox.set(mail.to, [...(this.#mailbox.get(mail.to) ?? []), mail]);
      }
    } finally {
      await file.close();
    }
  }
}
