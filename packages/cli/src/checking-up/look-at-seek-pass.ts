import { documentedScopes, SeekPass, SeekPassError } from '@seek-pass-kit/core';
import type { Settings } from '../config/settings.ts';
import { clientOptionsOf } from '../flow/open-flow.ts';
import { type Judgement, problem } from './finding.ts';
import { judgeClock, judgeScopes, type ScopeAnswer } from './judge-access.ts';

/** A token for each scope by itself, and the clock. Nothing else is asked of SEEK Pass. */
export async function lookAtSeekPass(settings: Settings): Promise<Judgement[]> {
  const { config } = settings;
  let seekPass: SeekPass;
  try {
    // A clock that is off is told after the scopes, not instead of them.
    seekPass = new SeekPass({
      ...clientOptionsOf(settings),
      maxClockSkewMs: Number.POSITIVE_INFINITY,
      maxAttempts: 2,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [problem(error.message, 'Correct the settings, and run the doctor again.')];
  }
  try {
    const scopes = config.scopes ?? documentedScopes;
    const answers = await Promise.all(scopes.map((scope) => ask(seekPass, scope)));
    return [...judgeScopes(answers), judgeClock(seekPass.clockOffsetMs, config.environment === 'sandbox')];
  } finally {
    await seekPass.close();
  }
}

async function ask(seekPass: SeekPass, scope: string): Promise<ScopeAnswer> {
  try {
    await seekPass.checkAccess([scope]);
    return { scope, answer: 'granted' };
  } catch (error) {
    if (!SeekPassError.is(error)) throw error;
    return { scope, answer: error.code, status: error.status };
  }
}
