import { ConfigurationError, readSettings } from '@seek-pass-kit/core';
import { isMailbox } from '../awards/mailbox.ts';
import type { Brand } from '../flow-context.ts';

const longestName = 100;
const largestLogoBytes = 8 * 1024;

type Logo = NonNullable<Brand['logo']>;

/** How the pictures of each type begin, in hexadecimal. A picture of another type than it says, SVG among them, is refused. */
const beginnings = new Map<string, string>([
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/webp', '52494646'],
]);

/**
 * Checks a brand. Any colour will do: what is written on it and the shade of links are chosen so that they can be read.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming each setting that is wrong.
 */
export function readBrand(brand: Brand): Brand {
  const { name, colour, logo, helpEmail } = brand;
  readSettings({
    'brand.name': () => checkName(name),
    'brand.colour': () => {
      if (colour === undefined || /^#[0-9A-Fa-f]{6}$/.test(colour)) return;
      throw new ConfigurationError('brand.colour is not a colour: write it like #0b5fff.');
    },
    'brand.helpEmail': () => {
      if (helpEmail === undefined || isMailbox(helpEmail)) return;
      throw new ConfigurationError(
        'brand.helpEmail is not one plain e-mail address: write it like help@example.edu.',
      );
    },
    'brand.logo': () => {
      if (logo !== undefined) checkLogo(logo);
    },
  });
  return brand;
}

function checkName(name: string): void {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new ConfigurationError('brand.name is missing: it is what learners know the institution by.');
  }
  if (name.length > longestName || /\p{Cc}/u.test(name)) {
    throw new ConfigurationError(
      `brand.name must be one line of at most ${longestName} characters: shorten it.`,
    );
  }
}

function checkLogo({ type, bytes }: Logo): void {
  if (bytes.byteLength > largestLogoBytes) {
    throw new ConfigurationError('brand.logo is larger than 8 kB: use a smaller picture.');
  }
  const beginning = beginnings.get(type);
  if (beginning === undefined || !Buffer.from(bytes).toString('hex', 0, 8).startsWith(beginning)) {
    throw new ConfigurationError(
      'brand.logo is not a picture of its type: use PNG, JPEG or WebP. SVG is not accepted.',
    );
  }
}
