/** The languages there are texts for. Strapi falls back to English. */
export const languages: Readonly<Record<string, () => Promise<Readonly<Record<string, string>>>>> = {
  en: async () => (await import('./en/index.ts')).en,
};
