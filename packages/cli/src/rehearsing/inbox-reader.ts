import type { Sandbox } from '@seek-pass-kit/sandbox';
import { pause } from './pause.ts';

/** What of a mail a learner acts on. */
interface ReadMail {
  readonly kind: 'claim' | 'code';
  /** The claim link, or the code. */
  readonly holds: string;
}

/** How often the inbox of the sandbox is emptied. It keeps 1,000 mails, and a host sends a few hundred a second. */
const readEveryMs = 20;

/** As a code stands in its mail. */
const codeText = /(?<!\d)\d{4}[ \u00a0]?\d{4}(?!\d)/;

/** The mailboxes of all learners of a rehearsal, sorted out of the one inbox of the sandbox, which it empties. */
export class InboxReader {
  readonly #mails: Sandbox['control']['mails'];
  readonly #link: RegExp;
  readonly #boxes = new Map<string, ReadMail[]>();
  readonly #timer: NodeJS.Timeout;
  /** Mails by kind. */
  readonly counts = { claim: 0, code: 0 };

  /** `claimBaseUrl`: what every claim link begins with. */
  constructor(mails: Sandbox['control']['mails'], claimBaseUrl: string) {
    this.#mails = mails;
    this.#link = new RegExp(`${escaped(claimBaseUrl)}/[\\w-]{22}/[\\w-]+`);
    this.#timer = setInterval(() => this.read(), readEveryMs);
  }

  /** Takes what is there. */
  read(): void {
    const arrived = this.#mails.list();
    if (arrived.length === 0) return;
    this.#mails.clear();
    for (const { to, text } of arrived.toReversed()) {
      const mail = this.#sorted(text);
      if (mail === undefined) continue;
      this.counts[mail.kind] += 1;
      for (const address of to) this.#boxOf(address).push(mail);
    }
  }

  /** How many mails of a kind an address got. */
  countFor(address: string, kind: ReadMail['kind']): number {
    return this.#boxOf(address).filter((mail) => mail.kind === kind).length;
  }

  /** The claim link of the first mail to an address. */
  first(address: string): string | undefined {
    return this.#boxOf(address).find((mail) => mail.kind === 'claim')?.holds;
  }

  /** The newest link or code of an address, once there are more of its kind than `after`; `undefined` when none comes in time. */
  async newest(
    address: string,
    kind: ReadMail['kind'],
    { after = 0, withinMs = 60_000 }: { readonly after?: number; readonly withinMs?: number } = {},
  ): Promise<string | undefined> {
    const until = performance.now() + withinMs;
    for (;;) {
      const mails = this.#boxOf(address).filter((mail) => mail.kind === kind);
      if (mails.length > after) return mails.at(-1)?.holds;
      if (performance.now() > until) return undefined;
      await pause(readEveryMs);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #boxOf(address: string): ReadMail[] {
    const box = this.#boxes.get(address) ?? [];
    this.#boxes.set(address, box);
    return box;
  }

  #sorted(text: string): ReadMail | undefined {
    const [link] = this.#link.exec(text) ?? [];
    if (link !== undefined) return { kind: 'claim', holds: link };
    const [code] = codeText.exec(text) ?? [];
    return code === undefined ? undefined : { kind: 'code', holds: code.replaceAll(/\D/g, '') };
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
