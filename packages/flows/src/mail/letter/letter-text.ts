import type { Brand } from '../../flow-context.ts';
import type { Block, Letter } from './letter.ts';
import { plainWords, unlinked } from './words.ts';

/** The text part of a letter. */
export function letterText({ blocks }: Letter, brand: Brand): string {
  const paragraphs = blocks.map(paragraphOf).filter((text) => text !== '');
  return `${[...paragraphs, `-- \n${brand.name}`].join('\n\n')}\n`;
}

function paragraphOf(block: Block): string {
  switch (block.block) {
    case 'words':
      return plainWords(block.words);
    case 'titles':
      return block.titles.map((title) => `  • ${unlinked(title)}`).join('\n');
    case 'steps':
      return [
        `${plainWords(block.heading)}:`,
        ...block.steps.map((step, at) => `  ${at + 1}. ${plainWords(step)}`),
      ].join('\n');
    case 'button':
    case 'link':
      return `${plainWords(block.label)}\n${block.url}`;
    case 'code':
      return `  ${block.code}`;
    case 'qr':
      return '';
  }
}
