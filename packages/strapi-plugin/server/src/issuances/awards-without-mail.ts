import type { AddFlow } from '@seek-pass-kit/flows';

/** The most awards that the list of mail troubles names. Somebody who has more has one trouble, not many. */
const mostNamed = 500;

/** Awards that wait to be claimed and whose recipients may not know: a mail came back, was refused or may be lost, or their address gets none. */
export async function awardsWithoutMail(flow: AddFlow): Promise<string[]> {
  const found = new Set<string>();
  for (const troubles of [flow.mailTroubles(), flow.mutedRecipients()]) {
    for await (const { awardIds } of troubles) {
      for (const id of awardIds) found.add(id);
      if (found.size >= mostNamed) break;
    }
  }
  return [...found].slice(0, mostNamed);
}
