import { SeekPass } from '@seek-pass-kit/core';

export const clientId = 'sandbox-bench';
export const clientSecret = 'b3a9c1d04f7e48b2a6d5c8e1f0937a42';

/** The client under test, observed as a service would run it: with an event observer. */
export function benchClient(baseUrl, options = {}) {
  let observed = 0;
  return new SeekPass({
    environment: 'sandbox',
    baseUrl,
    clientId,
    clientSecret,
    scopes: ['write.microcredential'],
    onEvent: () => {
      observed += 1;
    },
    ...options,
  });
}
