import type { z } from 'zod';
import { json } from '../http/message.ts';
import type { SandboxResponse } from '../http/message.ts';

/** One reason why a body was refused. */
export interface ApiProblem {
  /** Wire names with dots: `data.credential.issue_date`. */
  readonly path: string;
  readonly message: string;
}

/** An error of the partner API. The form of its body is not documented (assumption `error_bodies`). */
export function apiError(
  status: number,
  error: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  return json(status, { error, message }, headers);
}

/** The answer to a body that does not fit its schema: all problems at once, never the values. */
export function invalidBody(problems: readonly ApiProblem[]): SandboxResponse {
  const message = 'The request body does not fit the documented schema: mend the fields in "problems".';
  return json(422, { error: 'invalid_request', message, problems });
}

/** Problems of a zod check in wire paths. */
export function problemsOf(error: z.ZodError): readonly ApiProblem[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: messageOf(issue) }));
}

/** The shapes name what they find wrong in `params`; zod's own message is then only "Invalid input". */
function messageOf(issue: z.core.$ZodIssue): string {
  const named: unknown = issue.code === 'custom' ? issue.params?.['message'] : undefined;
  return typeof named === 'string' ? named : issue.message;
}
