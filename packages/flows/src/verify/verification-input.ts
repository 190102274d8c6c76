import type { VerifyRequestInput } from '@seek-pass-kit/core';
import { z } from 'zod';
import { recipientSchema } from '../awards/recipient.ts';
import type { VerificationDetails } from './sealed-verifications.ts';
import type { ExpectedPerson } from './judge-person.ts';
import { mayReturnTo } from './return-to.ts';

/** What a host wants verified. */
export interface VerificationInput {
  /** The host's own name of what this is for, such as an application: at most 200 characters. Several verifications may have one. */
  readonly reference: string;
  /** Who has to be verified (security rule 14). `'anyone'`: whoever it is; ask `result` who it was. */
  readonly expected: ExpectedPerson | 'anyone';
  /** The host's own stable id of the person, never an e-mail address. Give it, so that erasing a person reaches this too. */
  readonly subject?: string;
  /**
   * Where the browser goes in the end: a path of the host, on the origin of `callbackBaseUrl`, or an address on one of `returnOrigins`.
   * `:verificationId` in it becomes the id, which is a name and no right to see the result. Default: a page of ours says what came of it.
   */
  readonly returnTo?: string;
  /** What SEEK Pass is told besides, in the names of the wire. */
  readonly metadata?: NonNullable<VerifyRequestInput['metadata']>;
  readonly request_source?: NonNullable<VerifyRequestInput['request_source']>;
}

/** Like {@link VerificationInput}, for a link: whoever has it starts, so somebody has to be expected. */
export interface StartLinkInput extends VerificationInput {
  readonly expected: ExpectedPerson;
}

/** One reason why a verification was not started. Names fields, never values: they may be personal. */
export interface VerificationProblem {
  /** `expected.dateOfBirth`; empty: the whole. */
  readonly path: string;
  /** What is wrong, and what to do: one sentence. */
  readonly message: string;
}

/** An input that may be used, or every reason why not. */
export type CheckedVerificationInput =
  | { readonly ok: true; readonly input: VerificationInput; readonly details: VerificationDetails }
  | { readonly ok: false; readonly problems: readonly VerificationProblem[] };

const line = (most: number, remedy: string) =>
  z
    .string(remedy)
    .min(1, remedy)
    .max(most, remedy)
    .refine((text) => text.trim() === text && !/\p{Cc}/u.test(text), remedy);
const label = line(
  500,
  'must be one line of at most 500 characters: shorten it, or leave it out',
).exactOptional();

const schema = z.strictObject({
  reference: line(200, 'must be one line of 1 to 200 characters: give your own name of what this is for'),
  expected: z.union(
    [
      z.literal('anyone'),
      z.strictObject({
        fullName: recipientSchema.shape.fullName,
        dateOfBirth: z.iso.date(),
      }),
    ],
    'must be { fullName, dateOfBirth } with one line and YYYY-MM-DD, or "anyone": give whom you expect',
  ),
  subject: recipientSchema.shape.subject.unwrap().exactOptional(),
  returnTo: z.string().max(500).exactOptional(),
  metadata: z
    .strictObject({
      position_title: label,
      position_url: label,
      position_location: label,
      job_categories: label,
      applied_on_seek: z.boolean().exactOptional(),
    })
    .exactOptional(),
  request_source: z
    .array(z.strictObject({ name: line(500, 'must be one line: shorten it') }))
    .exactOptional(),
});

/**
 * Checks what a host wants verified, sending and storing nothing.
 *
 * @param today `YYYY-MM-DD`; nobody is born later.
 * @param returnOrigins of the settings.
 */
export function checkVerificationInput(
  input: VerificationInput,
  today: string,
  returnOrigins: readonly string[] = [],
): CheckedVerificationInput {
  const checked = schema.safeParse(input);
  if (!checked.success) return { ok: false, problems: checked.error.issues.map(problemOf) };
  const { expected, reference, returnTo, metadata, request_source } = checked.data;
  if (expected !== 'anyone' && expected.dateOfBirth > today) {
    return {
      ok: false,
      problems: [{ path: 'expected.dateOfBirth', message: 'is in the future: give the birth date' }],
    };
  }
  if (returnTo !== undefined && !mayReturnTo(returnTo, returnOrigins)) {
    const message =
      'must be a path of this site, such as /applications/17, or an address on one of returnOrigins: no // and no other site';
    return { ok: false, problems: [{ path: 'returnTo', message }] };
  }
  const details: VerificationDetails = {
    reference,
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(request_source === undefined ? {} : { request_source }),
  };
  return { ok: true, input, details };
}

function problemOf(issue: z.core.$ZodIssue): VerificationProblem {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return { path, message: `has unknown fields (${issue.keys.join(', ')}): leave them out` };
  }
  return { path, message: issue.message };
}
