import { createHmac } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';

/** What a mail is about, in the list of what was mailed. */
export type MailKind = 'claim' | 'resend' | 'reminder' | 'unfinished' | 'code' | 'address_changed';

/** How a mail is known: in the store, and in the mail world. */
export interface MailIdentity {
  readonly id: string;
  /** `<…@host>`, the same for every attempt, so that a mail server or a reader can drop a duplicate. */
  readonly messageId: string;
}

/** Made from what the mail is about: the same intent is stored once, however often it comes up. */
export function mailIdentity(
  { issuer, lookupKey, claimBaseUrl }: Pick<FlowContext, 'issuer' | 'lookupKey' | 'claimBaseUrl'>,
  kind: MailKind,
  ...about: readonly string[]
): MailIdentity {
  const hmac = createHmac('sha256', lookupKey).update('seek-pass-kit mail');
  for (const field of [issuer, kind, ...about]) hmac.update(`:${Buffer.byteLength(field)}:${field}`);
  const id = hmac.digest('hex').slice(0, 32);
  return { id, messageId: `<${id}@${new URL(claimBaseUrl).hostname}>` };
}
