import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { WordKey } from './word-key.ts';

/** What a text is given for its placeholders. */
export type WordValues = Readonly<Record<string, string | number | Date | null | undefined>>;

/** Gives the text of a key in the language of whoever looks: `words('issuances.title')`. */
export type Words = (key: WordKey, values?: WordValues) => string;

/** The texts of the administration. A key that no file of `translations/en` has is refused by the compiler. */
export function useWords(): Words {
  const intl = useIntl();
  return useMemo(
    () => (key, values) => intl.formatMessage({ id: `${pluginId}.${key}`, defaultMessage: key }, values),
    [intl],
  );
}
