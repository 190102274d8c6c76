import { pluginId } from '../../../contract/plugin-id.ts';
import { languages } from './languages.ts';

/** The texts of one language, as Strapi takes them. */
export interface Translation {
  readonly locale: string;
  readonly data: Record<string, string>;
}

/** The texts in the languages that Strapi asks for, with keys that no other plugin has. */
export function loadWords(locales: readonly string[]): Promise<Translation[]> {
  return Promise.all(
    locales.map(async (locale) => {
      const words: Readonly<Record<string, string>> = (await languages[locale]?.()) ?? {};
      const data = Object.fromEntries(
        Object.entries(words).map(([key, text]) => [`${pluginId}.${key}`, text]),
      );
      return { locale, data };
    }),
  );
}
