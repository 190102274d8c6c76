export { ConfigurationError, InvalidPayloadError, SeekPassError } from '../errors.ts';
export type { SeekPassErrorCode } from '../errors.ts';
export { checkOpenCert } from './check-open-cert.ts';
export type { CheckOpenCertOptions } from './check-open-cert.ts';
export type { TextKind } from './fold-text.ts';
export { compareTexts } from './likeness.ts';
export type { TextLikeness } from './likeness.ts';
export { openCertDocument } from './open-cert-document.ts';
export type { OpenCertDocument } from './open-cert-document.ts';
export type {
  Likeness,
  LikenessReason,
  OpenCertCheck,
  OpenCertCheckCode,
  OpenCertCheckResult,
  OpenCertChecks,
  OpenCertComparison,
  OpenCertPayload,
  OpenCertReport,
  OpenCertWarning,
} from './report.ts';
