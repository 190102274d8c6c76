/**
 * Options for what is loaded, and no more: keys are made by hand, so that nothing of the flows is loaded for them.
 *
 * @param {string} which
 * @param {{ flows: () => Promise<any>; namespace: (binding: object) => string }} packages loads what only the application itself asks for
 */
exports.optionsOf = async (which, { flows, namespace }) => {
  const client = { environment: 'staging', clientId: 'example-university' };
  const options = { ...client, clientSecret: 'bb1fa4c99e21d07a5be5e3d8', logger: false };
  if (which === 'client') return options;
  if (which === 'relay') {
    return {
      ...options,
      webhooks: {
        receiverUrl: 'https://portal.example.edu/webhooks',
        secrets: 'whsec_0f9d4a51b2c3d4e5f60718293a4b5c6d',
        withoutInbox: 'events_that_onEvent_does_not_store_are_lost',
        onEvent: async () => undefined,
      },
    };
  }
  const { createMemoryStore, generateClaimKey, generateKeyRing } = await flows();
  const connect = () => Promise.reject(new Error('there is no database here'));
  return {
    ...options,
    worker: false,
    brand: { name: 'Example University' },
    keys: generateKeyRing(),
    store:
      which === 'postgres'
        ? { postgres: { pool: { connect, end: async () => undefined }, reconnectForMs: 1 } }
        : createMemoryStore(),
    addFlow: {
      claimBaseUrl: 'https://portal.example.edu/claim',
      namespace: namespace(client),
      claimKey: generateClaimKey(),
      mail:
        which === 'smtp'
          ? { smtp: { host: 'mail.example.edu', from: { address: 'credentials@example.edu' } } }
          : { send: async () => ({ outcome: 'accepted' }) },
    },
    claimPages: true,
    verifyFlow: { callbackBaseUrl: 'https://portal.example.edu/verify' },
    webhooks: { receiverUrl: 'https://portal.example.edu/webhooks' },
  };
};
