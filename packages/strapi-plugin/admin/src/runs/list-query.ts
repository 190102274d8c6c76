/** What the list view shows, as the Content Manager is asked for it: everything but page and order. */
export interface ListQuery {
  readonly query: Readonly<Record<string, unknown>>;
  readonly locale?: string;
  /** Whether something narrows the list. */
  readonly filtered: boolean;
}

/** Makes it from the parameters of the list view's address. */
export function listQueryOf(parameters: Readonly<Record<string, unknown>>): ListQuery {
  const { page: _page, pageSize: _pageSize, sort: _sort, plugins, ...query } = parameters;
  const locale = localeOf(plugins);
  return {
    query,
    filtered: Object.values(query).some((value) => value !== undefined && value !== ''),
    ...(locale === undefined ? {} : { locale }),
  };
}

function localeOf(plugins: unknown): string | undefined {
  const { i18n } = Object(plugins) as { readonly i18n?: { readonly locale?: unknown } };
  return typeof i18n?.locale === 'string' ? i18n.locale : undefined;
}
