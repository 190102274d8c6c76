import {
  type CredentialType,
  credentialTypes,
  type SeekPassErrorCode,
  verifyScopes,
} from '@seek-pass-kit/core';
import { durationInWords } from '../terminal/duration.ts';
import { type Judgement, notChecked, ok, problem, warning } from './finding.ts';

/** How SEEK Pass answered to a token for one scope. */
export interface ScopeAnswer {
  readonly scope: string;
  /** `granted`, or the code of the error. */
  readonly answer: 'granted' | SeekPassErrorCode | 'unknown';
  /** HTTP status, when there was one. */
  readonly status?: number | undefined;
}

/** Judges which scopes this client can use. One finding for all that were granted, one for each that was not. */
export function judgeScopes(answers: readonly ScopeAnswer[]): Judgement[] {
  const granted = answers.filter(({ answer }) => answer === 'granted').map(({ scope }) => scope);
  const others = answers.filter(({ answer }) => answer !== 'granted');
  const [first] = others;
  if (granted.length === 0 && first !== undefined && others.every(({ answer }) => answer === first.answer)) {
    return [noneGranted(first, answers.length)];
  }
  const types = typesOf(granted);
  return [
    ...(granted.length === 0
      ? []
      : [
          ok(
            `A token for ${granted.join(', ')}: ${types.length === 0 ? 'no credentials can be added' : `can add ${types.join(', ')}`}${canVerify(granted) ? ', and can verify' : ''}.`,
          ),
        ]),
    ...others.map(notGranted),
  ];
}

function noneGranted({ answer, status }: ScopeAnswer, count: number): Judgement {
  switch (answer) {
    case 'authentication_failed':
      return problem(
        status === 401
          ? 'SEEK Pass does not accept clientId and clientSecret.'
          : `SEEK Pass gives a token for none of the ${count} scopes.`,
        'Compare clientId, clientSecret and environment with what SEEK Pass handed over, and ask which scopes this client has.',
      );
    case 'unavailable':
    case 'timed_out':
      return problem(
        status === undefined ? 'SEEK Pass does not answer.' : `SEEK Pass answers with ${status}.`,
        'Check baseUrl, the firewall and the proxy of this machine; if they are right, ask SEEK Pass.',
      );
    default:
      return problem(
        `SEEK Pass did not give a token (${answer}).`,
        'Check baseUrl: it may not be the address of SEEK Pass.',
      );
  }
}

function notGranted({ scope, answer }: ScopeAnswer): Judgement {
  if (answer === 'authentication_failed') {
    return problem(
      `No token for ${scope}: SEEK Pass has not granted it.`,
      'Ask SEEK Pass to grant it to this client, or take it out of the setting scopes.',
    );
  }
  return notChecked(`No token for ${scope} (${answer}).`, 'Run the doctor again.');
}

/** The credential types that these scopes let a client add. */
function typesOf(scopes: readonly string[]): CredentialType[] {
  return credentialTypes.filter((type) =>
    scopes.includes(type === 'universal_credential' ? 'write.universal' : `write.${type}`),
  );
}

function canVerify(scopes: readonly string[]): boolean {
  return verifyScopes.every((scope) => scopes.includes(scope));
}

/** Beyond this the client of core refuses to work. */
const mostSkewMs = 5 * 60_000;
const muchSkewMs = 30_000;

/** Judges the clock of SEEK Pass minus ours, in milliseconds. */
export function judgeClock(offsetMs: number | undefined, isSandbox: boolean): Judgement {
  if (offsetMs === undefined) {
    return notChecked('The clock was not compared: no answer of SEEK Pass tells its time.');
  }
  const apart = Math.abs(offsetMs);
  const found = `The clock of this machine is ${durationInWords(apart)} ${offsetMs > 0 ? 'behind' : 'ahead of'} SEEK Pass's.`;
  if (apart < muchSkewMs) return ok('The clock of this machine agrees with SEEK Pass’s.');
  if (isSandbox)
    return warning(found, 'Nothing is to be done when somebody has moved the clock of the sandbox.');
  const remedy =
    'Set the clock right with NTP: the 48 hours of a submission and webhook signatures are judged by it.';
  return apart < mostSkewMs ? warning(found, remedy) : problem(found, remedy);
}
