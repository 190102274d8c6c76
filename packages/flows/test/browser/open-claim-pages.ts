import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { FlowContext } from '../../src/flow-context.ts';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { type ClaimFixture, openClaim } from '../claims/open-claim.ts';

/** Claim pages that a browser can open, over http on this machine. They close when the test ends. */
export async function openClaimPages(change: Partial<FlowContext> = {}): Promise<ClaimFixture> {
  // The links name the port, so the port is there first.
  let handler: WebHandler = async () => new Response(null, { status: 503 });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  server.on(
    'request',
    toNodeListener((request, connection) => handler(request, connection), { origin }),
  );
  const flow = await openClaim({}, { claimBaseUrl: `${origin}/claim`, ...change });
  ({ handler } = flow);
  return flow;
}

/** The code in the newest mail. */
export function mailedCode({ mails }: ClaimFixture): string {
  const [code] = /\d{4} ?\d{4}/.exec(mails.sent.at(-1)?.text ?? '') ?? [];
  if (code === undefined) throw new Error('The newest mail has no code.');
  return code;
}
