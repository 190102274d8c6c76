import { vi } from 'vitest';
import type { Site } from './start-site.ts';

/** Everything that Strapi's logger is told while `work` runs, at whatever level, and what goes to the console. */
export async function loggedDuring(
  { strapi }: Pick<Site, 'strapi'>,
  work: () => Promise<unknown>,
): Promise<string> {
  const lines: string[] = [];
  const { log } = strapi;
  const keep = (...line: unknown[]) => {
    lines.push(
      line.map((part) => (part instanceof Error ? `${part.message}\n${part.stack}` : String(part))).join(' '),
    );
    return log;
  };
  const spies = [
    ...(['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'] as const).map((level) =>
      vi.spyOn(log, level).mockImplementation(keep as never),
    ),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => (lines.push(String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (lines.push(String(text)), true)),
  ];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('\n');
}
