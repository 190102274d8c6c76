import { useQueryParams } from '@strapi/strapi/admin';

/** The language whose entries the Content Manager shows; `undefined` where the content type is not translated. */
export function useLocaleAsked(): string | undefined {
  const [{ query }] = useQueryParams<{ plugins?: { i18n?: { locale?: string } } }>();
  return query.plugins?.i18n?.locale;
}
