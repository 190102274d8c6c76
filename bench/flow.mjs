import { createNamespace } from '@seek-pass-kit/core';
import { createAddFlow, generateClaimKey, generateKeyRing, keyRingFromText } from '@seek-pass-kit/flows';
import { clientId } from './client.mjs';
import { credential } from './payload.mjs';

/** Where the claim pages of a bench are. */
export const origin = 'http://127.0.0.1:4020';

/** What all processes on one database must share, as texts. */
export function newSecrets() {
  return {
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
  };
}

/** A started flow whose mails are all accepted. */
export async function openFlow({ seekPass, store, secrets = newSecrets() }) {
  const flow = createAddFlow({
    environment: 'sandbox',
    clientId,
    seekPass,
    store,
    keys: keyRingFromText(secrets.keys),
    namespace: secrets.namespace,
    claimKey: secrets.claimKey,
    claimBaseUrl: `${origin}/claim`,
    brand: { name: 'Example University' },
    mail: { send: async () => ({ outcome: 'accepted' }) },
  });
  await flow.start();
  return flow;
}

/** Awards one credential to each of so many learners; gives the ids of the awards. */
export async function awardTo(total, flow) {
  const inputs = Array.from({ length: total }, (_, n) => ({
    key: `bench/${n}`,
    recipient: { fullName: credential.fields.full_name, email: `learner${n}@example.edu` },
    credential,
  }));
  const awards = [];
  for await (const { awardId } of flow.awardMany(inputs, { runId: 'bench', who: 'system' })) {
    awards.push(awardId);
  }
  return awards;
}
