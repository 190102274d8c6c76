import { SeekPass, SeekPassError, type SeekPassErrorCode } from '@seek-pass-kit/core';
import type { Finding } from '../../../contract/settings.ts';
import { clientOptions } from '../settings/flow-settings.ts';
import type { SiteSettings } from '../settings/site-settings.ts';

/** How SEEK Pass answered to a token for one scope. */
interface ScopeAnswer {
  readonly scope: string;
  readonly answer: 'granted' | SeekPassErrorCode;
  /** HTTP status, when there was one. */
  readonly status?: number;
}

/** Asks for a token for each scope by itself, and compares the clocks. Nothing else is asked of SEEK Pass. */
export async function lookAtSeekPass({ values, clientSecret }: SiteSettings): Promise<readonly Finding[]> {
  const seekPass = new SeekPass({
    ...clientOptions(values, clientSecret),
    // A clock that is off is told after the scopes, not instead of them.
    maxClockSkewMs: Number.POSITIVE_INFINITY,
    maxAttempts: 2,
    deadlineMs: 15_000,
  });
  try {
    const answers = await Promise.all((values.scopes ?? []).map((scope) => ask(seekPass, scope)));
    return [...judgeScopes(answers), judgeClock(seekPass.clockOffsetMs, values.environment === 'sandbox')];
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
    const { code, status } = error;
    return { scope, answer: code, ...(status === undefined ? {} : { status }) };
  }
}

function judgeScopes(answers: readonly ScopeAnswer[]): Finding[] {
  const granted = answers.filter(({ answer }) => answer === 'granted').map(({ scope }) => scope);
  const others = answers.filter(({ answer }) => answer !== 'granted');
  const [first] = others;
  if (granted.length === 0 && first !== undefined && others.every(({ answer }) => answer === first.answer)) {
    return [noneGranted(first)];
  }
  const works: Finding[] =
    granted.length === 0
      ? []
      : [
          {
            area: 'seek_pass',
            result: 'ok',
            found: `SEEK Pass accepts the client for ${granted.join(', ')}.`,
          },
        ];
  return [...works, ...others.map(notGranted)];
}

function noneGranted({ answer, status }: ScopeAnswer): Finding {
  switch (answer) {
    case 'authentication_failed':
      return problem(
        status === 401
          ? 'SEEK Pass does not accept the client id and the client secret.'
          : 'SEEK Pass accepts the client for none of the scopes.',
        'Compare client id, client secret and environment with what SEEK Pass handed over, and ask which scopes this client has.',
      );
    case 'unavailable':
    case 'timed_out':
      return problem(
        status === undefined ? 'SEEK Pass does not answer.' : `SEEK Pass answers with ${status}.`,
        'Check the address, and whether a firewall lets this server through; if they are right, ask SEEK Pass.',
      );
    default:
      return problem(
        `SEEK Pass did not let us in (${answer}).`,
        'Check the address: it may not be the one of SEEK Pass.',
      );
  }
}

function notGranted({ scope, answer }: ScopeAnswer): Finding {
  if (answer === 'authentication_failed') {
    return problem(
      `SEEK Pass has not granted ${scope}.`,
      'Ask SEEK Pass to grant it to this client, or take it out of the scopes.',
    );
  }
  return {
    area: 'seek_pass',
    result: 'not_checked',
    found: `Whether ${scope} works is not known (${answer}).`,
    remedy: 'Test again.',
  };
}

function problem(found: string, remedy: string): Finding {
  return { area: 'seek_pass', result: 'problem', found, remedy };
}

const muchSkewMs = 30_000;
/** Beyond this the client refuses to work. */
const mostSkewMs = 5 * 60_000;

/** Judges the clock of SEEK Pass minus ours, in milliseconds. */
function judgeClock(offsetMs: number | undefined, isSandbox: boolean): Finding {
  const area = 'clock';
  if (offsetMs === undefined) {
    return {
      area,
      result: 'not_checked',
      found: 'The clock was not compared: no answer of SEEK Pass tells its time.',
    };
  }
  const apart = Math.abs(offsetMs);
  if (apart < muchSkewMs) {
    return { area, result: 'ok', found: 'The clock of this server agrees with the one of SEEK Pass.' };
  }
  const found = `The clock of this server is ${Math.round(apart / 1_000)} seconds ${offsetMs > 0 ? 'behind' : 'ahead of'} the one of SEEK Pass.`;
  if (isSandbox) {
    return {
      area,
      result: 'warning',
      found,
      remedy: 'Nothing is to be done when somebody has moved the clock of the sandbox.',
    };
  }
  return {
    area,
    result: apart < mostSkewMs ? 'warning' : 'problem',
    found,
    remedy: 'Set the clock right with NTP: the 48 hours of a link are judged by it.',
  };
}
