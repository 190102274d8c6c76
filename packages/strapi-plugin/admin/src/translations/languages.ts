import type { TextsOfStaff } from './texts-of-staff.ts';

/**
 * The languages there are texts for: those of the claim pages, by the codes of Strapi's administration (`zh` is Chinese
 * in traditional characters there). Each is a chunk of its own, loaded only on a site whose `config.locales` has it.
 * Strapi shows English in every other language.
 */
export const languages: Readonly<Record<string, () => Promise<TextsOfStaff>>> = {
  en: async () => (await import('./en/index.ts')).en,
  id: async () => (await import('./id/index.ts')).id,
  ms: async () => (await import('./ms/index.ts')).ms,
  th: async () => (await import('./th/index.ts')).th,
  vi: async () => (await import('./vi/index.ts')).vi,
  zh: async () => (await import('./zh-Hant/index.ts')).zhHant,
};
