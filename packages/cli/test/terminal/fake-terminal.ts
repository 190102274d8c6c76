import { createTerminal } from '../../src/terminal/terminal.ts';
import type { Terminal, TerminalStream } from '../../src/terminal/terminal.ts';

/** A stream that keeps what was written. */
export class FakeStream implements TerminalStream {
  readonly isTTY: boolean;
  readonly columns = 100;
  text = '';
  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }
  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

/** A terminal that keeps what was written. */
export function fakeTerminal(
  settings: { readonly isTTY?: boolean; readonly environment?: Record<string, string> } = {},
): { readonly terminal: Terminal; readonly out: FakeStream; readonly err: FakeStream } {
  const isTTY = settings.isTTY ?? false;
  const out = new FakeStream(isTTY);
  const err = new FakeStream(isTTY);
  return { terminal: createTerminal({ out, err, environment: settings.environment ?? {} }), out, err };
}
