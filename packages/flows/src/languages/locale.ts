/** The languages that claim pages and mails speak, as BCP 47 tags. */
export const locales = ['en', 'id', 'th', 'zh-Hant', 'vi', 'ms'] as const;

/** One of {@link locales}. */
export type Locale = (typeof locales)[number];
