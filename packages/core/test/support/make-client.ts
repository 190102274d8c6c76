import type { SeekPassOptions } from '../../src/index.ts';
import { SeekPass } from '../../src/index.ts';
import type { Fault } from '../../src/testing/index.ts';
import { FaultDispatcher, ManualClock } from '../../src/testing/index.ts';
import { clientId, clientSecret, SmallSeekPass } from './small-seek-pass.ts';

/** A client whose time, chance and network are in the hands of the test. `random` is 0.5 throughout. */
export function makeClient(faults: Iterable<Fault> = [], options: Partial<SeekPassOptions> = {}) {
  const clock = new ManualClock();
  const server = new SmallSeekPass();
  const network = new FaultDispatcher({ server: (request) => server.serve(request), faults, clock });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId,
    clientSecret,
    scopes: ['write.microcredential', 'write.education'],
    clock,
    random: () => 0.5,
    dispatcher: network,
    ...options,
  });
  const apiCalls = () => network.requests.filter((request) => !request.path.includes('/oauth/'));
  const tokenCalls = () => network.requests.filter((request) => request.path.includes('/oauth/'));
  return { seekPass, clock, server, network, apiCalls, tokenCalls };
}

/** A valid add of a made-up learner. */
export const microcredential = (id = 'award-1') => ({
  id,
  credential_type: 'microcredential' as const,
  document_type: 'none' as const,
  data: {
    credential: {
      full_name: 'Somchai Example',
      issuer_name: 'Example Institute',
      microcredential_name: 'Coffee Roasting Level 2',
      issue_date: '2025-11-30',
    },
  },
});
