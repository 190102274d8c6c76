import { documentedScopes, SeekPass } from '@seek-pass-kit/core';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { onTestFinished } from 'vitest';
import { fixtureStart, StandingClock } from './standing-clock.ts';

/** A sandbox and a client of it, on one clock. */
export interface SeekPassFixture {
  readonly sandbox: Sandbox;
  readonly seekPass: SeekPass;
  readonly clock: StandingClock;
  /** Moves the clock here and at SEEK Pass; what falls due at SEEK Pass happens. */
  readonly advance: (step: {
    readonly hours?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }) => void;
}

/** Opens a fixture; it closes when the test ends. */
export async function openSeekPass({ maxAttempts = 2 } = {}): Promise<SeekPassFixture> {
  const clock = new StandingClock();
  const sandbox = await startSandbox({ machineNow: () => fixtureStart });
  const seekPass = new SeekPass({
    environment: 'sandbox',
    baseUrl: sandbox.baseUrl,
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    scopes: documentedScopes,
    clock,
    maxClockSkewMs: Number.POSITIVE_INFINITY,
    maxAttempts,
    retryBaseMs: 1,
  });
  onTestFinished(async () => {
    await seekPass.close();
    await sandbox.close();
  });
  return {
    sandbox,
    seekPass,
    clock,
    advance({ hours = 0, minutes = 0, seconds = 0 }) {
      clock.advance(((hours * 60 + minutes) * 60 + seconds) * 1_000);
      sandbox.control.clock.advance({ hours, minutes, seconds });
    },
  };
}
