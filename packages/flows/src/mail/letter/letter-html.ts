import type { Brand } from '../../flow-context.ts';
import { type Colour, defaultColour, inkOn, readableOn } from '../../pages/colours.ts';
import { type Html, html } from '../../pages/html.ts';
import type { Block, Letter } from './letter.ts';
import { inOneLine, markedValue, markedWords, plainWords } from './words.ts';

/** What the HTML part calls the picture of the QR code by. */
export const qrContentId = 'claim-link-qr';

const ground = '#ffffff';
const fonts = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Thai', 'PingFang HK', sans-serif";

/**
 * The HTML part of a letter: tables and styles in place, because that is what mail readers understand. It loads nothing
 * from elsewhere and counts nobody.
 */
export function letterHtml({ locale, subject, blocks }: Letter, brand: Brand): string {
  const colour = brand.colour ?? defaultColour;
  const title = inOneLine(plainWords(subject));
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0; padding:0; background:#f1f3f5">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="background:#f1f3f5"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px; background:${ground}; border-radius:8px; overflow:hidden">
<tr><td style="background:${colour}; color:${inkOn(colour)}; padding:16px 24px; font:bold 18px/1.4 ${fonts}"><bdi>${brand.name}</bdi></td></tr>
<tr><td style="padding:24px; color:#1b1f24; font:16px/1.55 ${fonts}">
${blocks.map((block) => markupOf(block, colour))}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.toString();
}

const paragraph = 'margin:0 0 16px';
const quiet = 'margin:0 0 12px; color:#57606a; font-size:14px';

function markupOf(block: Block, colour: Colour): Html {
  switch (block.block) {
    case 'words':
      return wordsMarkup(block);
    case 'titles':
      return html`<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="margin:0 0 16px">
${block.titles.map(
  (title) =>
    html`<tr><td style="border-left:4px solid ${colour}; padding:6px 12px; font-weight:bold; overflow-wrap:anywhere">${markedValue(title)}</td></tr>
<tr><td style="height:6px; font-size:0; line-height:0">&nbsp;</td></tr>
`,
)}</table>
`;
    case 'steps':
      return html`<p style="margin:0 0 4px; font-weight:bold">${markedWords(block.heading)}</p>
<ol style="margin:0 0 16px; padding:0 0 0 24px">
${block.steps.map((step) => html`<li style="margin:0 0 4px">${markedWords(step)}</li>\n`)}</ol>
`;
    case 'button':
      return buttonMarkup(block, colour);
    case 'qr':
      return html`<table role="presentation" cellspacing="0" cellpadding="0" style="margin:0 0 16px"><tr>
<td style="padding:0 16px 0 0"><img src="cid:${qrContentId}" width="132" height="132" alt="${plainWords(block.alt)}" style="display:block; width:132px; height:132px; border:0; background:#ffffff"></td>
<td style="color:#57606a; font-size:14px">${markedWords(block.caption)}</td>
</tr></table>
`;
    case 'code':
      return html`<p style="margin:0 0 16px; font:bold 32px/1.3 Consolas, Menlo, monospace; letter-spacing:6px">${block.code}</p>
`;
    case 'link':
      return html`<p style="${quiet}">${markedWords(block.label)} <a href="${block.url}" style="color:${readableOn(ground, colour, '#000000')}; overflow-wrap:anywhere">${block.url}</a></p>
`;
  }
}

function wordsMarkup({ words, tone }: Extract<Block, { block: 'words' }>): Html {
  const style = tone === 'quiet' ? quiet : paragraph;
  const marked = markedWords(words);
  return html`<p style="${style}">${tone === 'strong' ? html`<strong>${marked}</strong>` : marked}</p>
`;
}

function buttonMarkup({ label, url, instead }: Extract<Block, { block: 'button' }>, colour: Colour): Html {
  const linkColour = readableOn(ground, colour, '#000000');
  return html`<table role="presentation" cellspacing="0" cellpadding="0" style="margin:0 0 16px"><tr><td style="background:${colour}; border-radius:6px">
<a href="${url}" style="display:inline-block; padding:12px 24px; color:${inkOn(colour)}; font-weight:bold; text-decoration:none">${markedWords(label)}</a>
</td></tr></table>
<p style="${quiet}">${markedWords(instead)}<br><a href="${url}" style="color:${linkColour}; overflow-wrap:anywhere; word-break:break-all">${url}</a></p>
`;
}
