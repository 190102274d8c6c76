/** A mail as the site gave it to its provider. */
export interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mails that the site of this process has sent, oldest first. */
export function mailsOf(): readonly SentMail[] {
  const { sentMails = [] } = globalThis as { sentMails?: SentMail[] };
  return sentMails;
}
