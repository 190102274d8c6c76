/**
 * Characters that change how a text is read without being seen: control characters, line separators, bidirectional
 * embeddings, overrides and isolates, byte order marks, halves of a surrogate pair. The joiners ZWJ and ZWNJ stay: names are spelled with them.
 */
const unsafe = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** Whether a text has characters that must not go into a credential (security rule 20). */
export function hasUnsafeCharacters(text: string): boolean {
  return unsafe.test(text);
}

/** Whether a text has nothing to see: only spaces and invisible marks. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}]/u.test(text);
}

/** What every address has. Few names do, so this spares them the slow patterns below. */
const addressMark = /[.:\u3002\uff0e\uff61]/;

/** What mail programs turn into links whatever its case. Dots also in the forms that browsers accept. */
const linked =
  /:\/\/|(?<![\p{L}\p{N}])(?:www[.\u3002\uff0e\uff61]|(?:mailto|javascript|data|tel):)|[\p{L}\p{N}][.\u3002\uff0e\uff61](?:com|net|org|edu|gov|info|biz|io|app|dev|xyz|top|site|online|link|click|shop|club|live)(?![\p{L}\p{N}])/iu;

/** A host name in small letters. `Md.Rahim` and `J.R.R.` are names; `md.rahim` could be a host. */
const smallHost = /(?<![\p{L}\p{N}.-])[\p{Ll}\d-]{2,}(?:\.[\p{Ll}\d-]+)*\.\p{Ll}{2,}(?![\p{L}\p{N}])/u;

/** Whether a name would become a link in a mail or on a page (security rule 20). */
export function looksLikeWebAddress(name: string): boolean {
  return addressMark.test(name) && (linked.test(name) || smallHost.test(name));
}
