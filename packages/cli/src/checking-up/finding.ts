/** How a check ended. `not_checked`: it could not be looked at from here, or nothing is configured for it. */
export type CheckResult = 'ok' | 'warning' | 'problem' | 'not_checked';

/** What was found, and what to do. Neither sentence holds a secret or anything personal. */
export interface Judgement {
  readonly result: CheckResult;
  /** One sentence. */
  readonly found: string;
  /** One sentence; absent when nothing is to be done. */
  readonly remedy?: string;
}

/** The parts of a setup, in the order of the report. */
export type Area =
  | 'settings'
  | 'seek_pass'
  | 'store'
  | 'keys'
  | 'mail'
  | 'claim_pages'
  | 'documents'
  | 'webhooks'
  | 'learners';

/** A judgement, and the part of the setup that it is about. */
export interface Finding extends Judgement {
  readonly area: Area;
}

/** All is well. */
export function ok(found: string): Judgement {
  return { result: 'ok', found };
}

/** It works, and a person should look. */
export function warning(found: string, remedy: string): Judgement {
  return { result: 'warning', found, remedy };
}

/** It does not work. */
export function problem(found: string, remedy: string): Judgement {
  return { result: 'problem', found, remedy };
}

/** Nobody looked; `remedy` says how to find out. */
export function notChecked(found: string, remedy?: string): Judgement {
  return { result: 'not_checked', found, ...(remedy === undefined ? {} : { remedy }) };
}
