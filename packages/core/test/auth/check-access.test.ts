import { expect, test } from 'vitest';
import { makeClient } from '../support/make-client.ts';

test('a token is asked for with exactly these scopes, and nothing is done with it', async () => {
  const { seekPass, clock, tokenCalls, apiCalls } = makeClient([], {
    scopes: ['write.education', 'write.microcredential'],
  });
  await clock.runUntilSettled(seekPass.checkAccess(['write.education']));
  await clock.runUntilSettled(seekPass.checkAccess(['write.microcredential']));
  const asked = tokenCalls().map(({ body }) => new URLSearchParams(body).get('scope'));
  expect(asked).toEqual(['write.education', 'write.microcredential']);
  expect(apiCalls()).toEqual([]);
});

test('a client that SEEK Pass does not let in rejects', async () => {
  const { seekPass, clock, server } = makeClient();
  server.goodSecret = 'another';
  const checked = seekPass.checkAccess(['write.education']).catch((error: unknown) => error);
  expect(await clock.runUntilSettled(checked)).toMatchObject({ code: 'authentication_failed' });
});
