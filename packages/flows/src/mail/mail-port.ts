/** One message, ready to send. The host's mailer gets the recipient as an object, never as a header to parse. */
export interface MailMessage {
  /** Stable over retries of the same intent. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Inline pictures of the HTML part, by content id. */
  readonly attachments: readonly {
    readonly contentId: string;
    readonly type: 'image/png';
    readonly bytes: Uint8Array;
  }[];
  /** Extra headers of ours, such as `List-Unsubscribe`. Names and values are safe to write as they are. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What became of a message: `accepted` by the mail server; `deferred`: not now, try again later; `refused`: never, tell
 * a person. Reject only when the outcome is unknown: the message is then listed for a person, never resent by itself.
 */
export type MailOutcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'deferred'; readonly retryAfterMs?: number }
  | { readonly outcome: 'refused'; readonly code?: string };

/** How mails leave: SMTP here, Strapi's e-mail service in its plugin, the app's own in NestJS. */
export interface MailPort {
  send(message: MailMessage): Promise<MailOutcome>;
}
