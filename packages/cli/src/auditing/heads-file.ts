import { open, readFile } from 'node:fs/promises';
import type { AuditHead } from '@seek-pass-kit/flows';
import { z } from 'zod';
import { CommandError } from '../command-error.ts';
import { timeText } from './time-text.ts';

const headLine = z.object({
  issuer: z.string(),
  number: z.int().min(1),
  mac: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  at: z.iso.datetime(),
});

/** A head as a line of a file: `{"issuer":"default","number":12,"mac":"…","at":"2026-11-21T00:00:01.000Z"}`. */
export function headText({ issuer, number, mac, at }: AuditHead): string {
  return `${JSON.stringify({ issuer, number, mac, at: timeText(at) })}\n`;
}

/** Adds a line to a file of heads, which is made for its owner alone. */
export async function appendHead(file: string, head: AuditHead): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const end = size === 0 ? '\n' : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
    // Of a line that was cut off by a full disk only that line is lost.
    await handle.appendFile(`${end === '\n' ? '' : '\n'}${headText(head)}`);
  } finally {
    await handle.close();
  }
}

/**
 * The heads of a file, of whichever issuers.
 *
 * @throws {CommandError} `unreadable_file`, naming the line.
 */
export async function readHeads(file: string): Promise<AuditHead[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError('unreadable_file', `${file} cannot be read: give a file of heads with --head.`, {
      cause,
    });
  });
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = headLine.safeParse(jsonOf(line));
    if (!parsed.success) {
      throw new CommandError(
        'unreadable_file',
        `Line ${at + 1} of ${file} is no head: give a file that "seek-pass serve" or "seek-pass audit head" wrote.`,
      );
    }
    return [{ ...parsed.data, at: Date.parse(parsed.data.at) }];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
