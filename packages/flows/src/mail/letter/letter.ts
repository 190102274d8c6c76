import type { Locale } from '../../languages/locale.ts';
import type { Words } from './words.ts';

/** A part of a mail, written once and set as text and as HTML. */
export type Block =
  | { readonly block: 'words'; readonly words: Words; readonly tone?: 'strong' | 'quiet' }
  /** What credentials are called. */
  | { readonly block: 'titles'; readonly titles: readonly string[] }
  | { readonly block: 'steps'; readonly heading: Words; readonly steps: readonly Words[] }
  /** The way to a page of ours: a button, and the address itself for whoever cannot use it. */
  | { readonly block: 'button'; readonly label: Words; readonly url: string; readonly instead: Words }
  /** The same way for another device; HTML only. */
  | { readonly block: 'qr'; readonly url: string; readonly caption: Words; readonly alt: Words }
  | { readonly block: 'code'; readonly code: string }
  /** A way out at the foot. */
  | { readonly block: 'link'; readonly label: Words; readonly url: string };

/** A mail as data. The links in it are the blocks that are links, and nothing else becomes one. */
export interface Letter {
  readonly locale: Locale;
  readonly subject: Words;
  readonly blocks: readonly Block[];
}
