import type { Credential } from '@seek-pass-kit/core';
import { credentialTitle } from '../awards/credential-title.ts';
import type { Recipient } from '../awards/recipient.ts';
import type { FlowContext } from '../flow-context.ts';
import { chooseLocale } from '../languages/choose-locale.ts';
import type { Locale } from '../languages/locale.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import type { Delivery } from './delivery-plan.ts';
import { setLetter } from './letter/set-letter.ts';
import { inOneLine } from './letter/words.ts';
import type { MailMessage } from './mail-port.ts';

/** Opens what is sealed and writes the mail. Nothing of it is kept. */
export async function composeMessage(
  context: FlowContext,
  delivery: Delivery,
  recipient: RecipientRow,
  awards: readonly AwardRow[],
): Promise<MailMessage> {
  const { records, brand } = context;
  const dataKey = await records.dataKeyOf(recipient);
  const person = records.openPerson(dataKey, recipient);
  const locale = localeOf(context, person);
  const named = awards.map((award) => {
    const { credential } = records.openAward(dataKey, award);
    return { award, title: credentialTitle(credential as Credential, locale) };
  });
  const { letter, headers = {} } = delivery.write(person, named);
  return {
    messageId: delivery.messageId,
    to: { name: inOneLine(person.fullName), address: person.email },
    ...setLetter(letter, brand),
    headers: { ...automatic, ...headers },
  };
}

/** Keeps programs that answer for people on holiday from answering (RFC 3834). */
export const automatic: Readonly<Record<string, string>> = { 'Auto-Submitted': 'auto-generated' };

/** The language of a person's mails. */
export function localeOf({ defaultLocale }: Pick<FlowContext, 'defaultLocale'>, person: Recipient): Locale {
  return chooseLocale({ recipient: person.locale, fallback: defaultLocale });
}
