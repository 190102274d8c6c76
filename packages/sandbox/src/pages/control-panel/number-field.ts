import { SandboxError } from '../../sandbox-error.ts';

/** A number somebody typed; undefined when the field is empty. Throws `invalid_request` for anything else. */
export function numberIn(form: URLSearchParams, name: string): number | undefined {
  const typed = form.get(name)?.trim() ?? '';
  if (typed === '') return undefined;
  const value = Number(typed);
  if (Number.isFinite(value)) return value;
  throw new SandboxError('invalid_request', `The field "${name}" must be a number, or empty.`);
}
