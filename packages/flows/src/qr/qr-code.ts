import { type Bitmap2D, correction, generate } from 'lean-qr';
import { toPngBuffer } from 'lean-qr/extras/node_export';
import { toSvgSource } from 'lean-qr/extras/svg';

/** White around the code, as many modules wide as the QR standard asks for. */
const quietZone = 4;

/**
 * A QR code as an SVG document, for print: letters, certificates, slides. It scales to any size; print it at least 2.5 cm wide.
 *
 * ```ts
 * const link = await flow.claimLink({ awardId, who: 'staff-7' });
 * if (link.outcome === 'link') await writeFile('letter.svg', qrSvg(link.url));
 * ```
 *
 * @param text at most 2,331 bytes; a claim link is much shorter.
 */
export function qrSvg(text: string): string {
  return toSvgSource(bitmapOf(text), { on: '#000', off: '#fff', pad: quietZone, xmlDeclaration: true });
}

/** The same as {@link qrSvg} as a PNG picture of about 300 pixels, for mails. */
export function qrPng(text: string): Uint8Array {
  const bitmap = bitmapOf(text);
  const scale = Math.ceil(300 / (bitmap.size + 2 * quietZone));
  return toPngBuffer(bitmap, { on: [0, 0, 0], off: [255, 255, 255], pad: quietZone, scale });
}

/** The same as {@link qrSvg} for a terminal: two rows of the code to a line, black on white whatever the terminal's colours are. */
export function qrText(text: string): string {
  const bitmap = bitmapOf(text);
  const last = bitmap.size + quietZoneOfTerminal;
  const lines: string[] = [];
  for (let y = -quietZoneOfTerminal; y < last; y += 2) {
    let line = '';
    for (let x = -quietZoneOfTerminal; x < last; x += 1) {
      line += halves[bitmap.get(x, y) ? 1 : 0][bitmap.get(x, y + 1) ? 1 : 0];
    }
    lines.push(`\u001B[30;107m${line}\u001B[0m`);
  }
  return lines.join('\n');
}

/** By whether the upper and the lower module are dark. */
const halves = [
  [' ', '▄'],
  ['▀', '█'],
] as const;

/** A screen is brighter than paper: less white around it will do. */
const quietZoneOfTerminal = 2;

/** Level M: still readable with 15 % of it damaged, as print is. */
function bitmapOf(text: string): Bitmap2D {
  return generate(text, { minCorrectionLevel: correction.M });
}
