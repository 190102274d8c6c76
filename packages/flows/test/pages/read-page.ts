/** What a browser shows for escaped text. */
export function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The `h1` of a page. */
export function titleOf(page: string): string {
  return unescaped((/<h1[^>]*>(.*?)<\/h1>/s.exec(page)?.[1] ?? '').replaceAll(/<[^>]+>/g, ''));
}

/** Does with a `Set-Cookie` header what a browser does. */
export function keepCookie(cookies: Map<string, string>, setCookie: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (/; Max-Age=0(;|$)/.test(setCookie)) cookies.delete(name);
  else cookies.set(name, value);
}

/** The `Cookie` header of a browser. */
export function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
