import type { OpenCertCheck, OpenCertCheckCode } from './report.ts';

/** A check that found nothing wrong. */
export function valid(message: string): OpenCertCheck {
  return { result: 'VALID', code: 'ok', message };
}

/** A check that found something wrong. */
export function invalid(code: OpenCertCheckCode, message: string, remedy: string): OpenCertCheck {
  return { result: 'INVALID', code, message, remedy };
}

/** A check that could not be made. */
export function unknown(code: OpenCertCheckCode, message: string, remedy: string): OpenCertCheck {
  return { result: 'UNKNOWN', code, message, remedy };
}
