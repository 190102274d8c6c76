import type { Credential } from '@seek-pass-kit/core';
import { lint, validate } from '@seek-pass-kit/core';
import type { z } from 'zod';
import { type AwardFile, fileProblems } from '../documents/award-file.ts';
import type { DocumentSettings } from '../documents/document-settings.ts';
import type { AwardProblem } from './award-problem.ts';
import type { Recipient } from './recipient.ts';
import { recipientSchema } from './recipient.ts';

/** The issuer's decision that one recipient gets one credential. */
export interface AwardInput {
  /** The host's own name of this award, such as `2026/BCOM/104233`: unique per issuer and stable, at most 200 characters. */
  readonly key: string;
  readonly recipient: Recipient;
  readonly credential: Credential;
  /**
   * The file that proves the credential, when it has no public address: a PDF or a picture, checked by its first bytes. It is sealed and
   * stored, and goes to SEEK Pass as the setting `documents` of the flow says. In the place of `credential.document`.
   */
  readonly file?: AwardFile;
  /**
   * Which version of the host's own record it was made from, such as when that was published: stands in the history of the award. Nothing
   * personal; 1 to 60 characters without spaces. Another version alone does not make another award.
   */
  readonly sourceVersion?: string;
}

/** An input that may be issued, or every reason why not. */
export type CheckedInput =
  | { readonly ok: true; readonly input: AwardInput }
  | { readonly ok: false; readonly problems: readonly AwardProblem[] };

/**
 * Checks one input, sending and storing nothing: its key, its recipient, its payload, what SEEK Pass calls
 * unsuitable or what cannot be true (`error` of core's `lint`), and its file.
 *
 * @param now milliseconds since the epoch. A date is in the future when it is that everywhere on Earth.
 * @param documents how files get to SEEK Pass; without it they are refused.
 */
export function checkInput(input: AwardInput, now: number, documents?: DocumentSettings): CheckedInput {
  if (!isObject(input)) return { ok: false, problems: [notAnObject('')] };
  const ofCredential = credentialProblems(input.credential, now);
  const problems = [
    ...keyProblems(input.key),
    ...sourceVersionProblems(input.sourceVersion),
    ...recipientProblems(input.recipient),
    ...ofCredential,
    ...(input.file === undefined || ofCredential.length > 0
      ? []
      : fileProblems(input.credential, input.file, documents)),
  ];
  return problems.length === 0 ? { ok: true, input } : { ok: false, problems };
}

function keyProblems(key: unknown): AwardProblem[] {
  if (typeof key === 'string' && key !== '' && key.length <= 200 && key.trim() === key) return [];
  return [
    {
      path: 'key',
      code: 'wrong_type',
      message: 'is not a text of 1 to 200 characters without outer spaces',
      remedy: 'Give each award a stable key of its own, such as a course code and a student number.',
    },
  ];
}

function sourceVersionProblems(version: unknown): AwardProblem[] {
  if (version === undefined || (typeof version === 'string' && /^[!-~]{1,60}$/.test(version))) return [];
  return [
    {
      path: 'sourceVersion',
      code: 'wrong_type',
      message: 'is not a text of 1 to 60 plain characters without spaces',
      remedy: 'Give the time at which the record was published, or its revision.',
    },
  ];
}

/** What is wrong with a recipient; paths start with `recipient`. */
export function recipientProblems(recipient: unknown): AwardProblem[] {
  const checked = recipientSchema.safeParse(recipient);
  return checked.success ? [] : checked.error.issues.map(recipientProblem);
}

function recipientProblem(issue: z.core.$ZodIssue): AwardProblem {
  const path = ['recipient', ...issue.path.map(String)].join('.');
  if (issue.code === 'custom') {
    return {
      path,
      code: 'bad_characters',
      message: issue.message,
      remedy: 'Correct it at its source and issue again.',
    };
  }
  if (issue.code === 'unrecognized_keys') {
    return {
      path,
      code: 'unknown_field',
      message: `has unknown fields: ${issue.keys.join(', ')}`,
      remedy: 'Leave them out.',
    };
  }
  return {
    path,
    code: 'wrong_type',
    message: 'is missing or of the wrong type',
    remedy: 'Give it as described for Recipient.',
  };
}

/** The time zone that is furthest ahead. */
const furthestAheadMs = 14 * 3_600_000;

function credentialProblems(credential: unknown, now: number): AwardProblem[] {
  // Core's validate takes a v1 envelope too; an award holds a bare credential.
  if (!isObject(credential) || !isObject((credential as { fields?: unknown }).fields)) {
    return [notAnObject('credential')];
  }
  const checked = validate(credential);
  if (!checked.ok)
    return checked.problems.map((problem) => ({ ...problem, path: `credential.${problem.path}` }));
  return lint(credential as Credential, { today: latestToday(now) })
    .filter(({ severity }) => severity === 'error')
    .map(({ path, code, message, remedy }) => ({ path: `credential.${path}`, code, message, remedy }));
}

/** The date that it is at this moment where it is latest, `YYYY-MM-DD`: what is today anywhere is not in the future. */
export function latestToday(now: number): string {
  return new Date(now + furthestAheadMs).toISOString().slice(0, 10);
}

function notAnObject(path: 'credential' | ''): AwardProblem {
  return path === ''
    ? {
        path,
        code: 'not_an_object',
        message: 'is not an award',
        remedy: 'Give { key, recipient, credential }.',
      }
    : {
        path,
        code: 'not_an_object',
        message: 'is not a credential with fields',
        remedy: 'Give { credential_type, fields }; turn a v1 envelope into one with credentialFromEnvelope.',
      };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
