import type { Brand } from '../../flow-context.ts';
import { qrPng } from '../../qr/qr-code.ts';
import type { MailMessage } from '../mail-port.ts';
import type { Letter } from './letter.ts';
import { letterHtml, qrContentId } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { inOneLine, plainWords } from './words.ts';

/** Sets a letter: subject in one line, text and HTML parts, and the picture of its QR code. */
export function setLetter(
  letter: Letter,
  brand: Brand,
): Pick<MailMessage, 'subject' | 'text' | 'html' | 'attachments'> {
  const code = letter.blocks.find((block) => block.block === 'qr');
  return {
    subject: inOneLine(plainWords(letter.subject)),
    text: letterText(letter, brand),
    html: letterHtml(letter, brand),
    attachments:
      code === undefined ? [] : [{ contentId: qrContentId, type: 'image/png', bytes: qrPng(code.url) }],
  };
}
