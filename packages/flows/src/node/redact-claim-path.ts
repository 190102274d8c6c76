/**
 * What a request log may say of a URL: under the path of the claim pages everything is cut off, since a claim link holds
 * its token in the path. For the log of a host that mounts the pages itself; `createHost` does it anyway.
 *
 * ```ts
 * redactClaimPath('/claim/V1StGXR8/qk3…', '/claim'); // '/claim/[redacted]'
 * ```
 *
 * @param url path and query, or a whole URL, as the host logs it.
 * @param claimPath where the claim pages are: the path of `claimBaseUrl`.
 */
export function redactClaimPath(url: string, claimPath: string): string {
  const at = looseText(url).indexOf(`${claimPath.toLowerCase()}/`);
  return at === -1 ? url : `${claimPath}/[redacted]`;
}

/** A path or URL as loosely as any router reads it: escapes, doubled slashes and capitals count for nothing. */
export function looseText(url: string): string {
  return decoded(url)
    .replaceAll(/[/\\]+/g, '/')
    .toLowerCase();
}

function decoded(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (escape) =>
    String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  );
}
