import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Brand } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import { placed, type Settings } from '../config/settings.ts';

type Logo = NonNullable<Brand['logo']>;

const logoTypes: Readonly<Record<string, Logo['type']>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** The brand of the config, with its logo read. */
export async function brandOf({ folder, config }: Settings): Promise<Brand> {
  const { name, colour, logo, helpEmail } = config.brand;
  return {
    name,
    ...given({ colour, helpEmail }),
    ...(logo === undefined ? {} : { logo: await readLogo(placed(folder, logo)) }),
  };
}

async function readLogo(path: string): Promise<Logo> {
  const type = logoTypes[extname(path).toLowerCase()];
  if (type === undefined) {
    throw new CommandError(
      'wrong_setting',
      'brand.logo is no picture that can be shown: use a .png, .jpg or .webp file.',
    );
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CommandError('wrong_setting', `brand.logo: ${path} cannot be read: correct the path.`, {
      cause,
    });
  });
  return { type, bytes };
}
