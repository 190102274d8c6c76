import { settingNames } from '../../../contract/settings.ts';
import type { Words } from '../words/use-words.ts';

/** A sentence of the server with the label that the field has here, in the place of the name that the setting has in code. */
export function withLabels(sentence: string, words: Words): string {
  const name = settingNames.find((one) => sentence.startsWith(`${one} `));
  if (name !== undefined) return words(`settings.field.${name}`) + sentence.slice(name.length);
  const secret = 'clientSecret';
  return sentence.startsWith(`${secret} `)
    ? words('settings.account.secret') + sentence.slice(secret.length)
    : sentence;
}
