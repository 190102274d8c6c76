/** The stable names of what can stop the sandbox or a control call. */
export type SandboxErrorCode =
  | 'invalid_configuration'
  | 'production_refused'
  | 'port_in_use'
  | 'state_file_corrupt'
  | 'state_file_version'
  | 'invalid_request'
  | 'not_found'
  | 'wrong_state';

/**
 * What the sandbox throws on purpose. `code` is stable; the message is one sentence that names the setting and the
 * remedy. Over the control HTTP API `invalid_request` is 400, `not_found` 404 and `wrong_state` 409.
 */
export class SandboxError extends Error {
  readonly code: SandboxErrorCode;
  constructor(code: SandboxErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SandboxError';
    this.code = code;
  }
}
