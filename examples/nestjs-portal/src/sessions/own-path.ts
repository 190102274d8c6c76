/** The path to go to after signing in, if it is one of this site; otherwise `fallback`. Whatever a browser would read as another site is none. */
export function ownPath(given: unknown, fallback: string): string {
  if (typeof given !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given) || given.includes('\\'))
    return fallback;
  const base = 'https://portal.invalid';
  return URL.canParse(given, base) && new URL(given, base).origin === base ? given : fallback;
}
