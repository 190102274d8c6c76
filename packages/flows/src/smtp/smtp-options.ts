import { ConfigurationError, readSettings } from '@seek-pass-kit/core';
import { isMailbox } from '../awards/mailbox.ts';

/**
 * `tls`: encrypted from the start, as port 465 has it. `starttls`: encrypted before anything is said, or nothing is sent.
 * `none`: readable by everybody between here and there.
 */
export type SmtpSecurity = 'tls' | 'starttls' | 'none';

/** Settings of `createSmtpMail`. */
export interface SmtpOptions {
  readonly host: string;
  /** Default 587, 465 with `tls`, 25 with `none`. */
  readonly port?: number;
  /** Default `tls` for port 465, `none` on this machine, else `starttls`. */
  readonly security?: SmtpSecurity;
  /** With `password`, when the server asks for them. */
  readonly user?: string;
  readonly password?: string;
  /** Whom the learner sees as sender; the server must let you send for this address. */
  readonly from: { readonly name?: string; readonly address: string };
  /** Where answers go. Default: to `from`. */
  readonly replyTo?: string;
  /** Open at once, of this process. Default 5. */
  readonly maxConnections?: number;
  /** Certificates (PEM) of an authority of your own, when it signed the server's. */
  readonly ca?: string;
  /**
   * Told why a mail was put off, for your log and your alarms: a wrong password or a refused sender lets every mail wait, and
   * no learner is to blame. Such as `EAUTH 535 5.7.8`, nothing personal.
   */
  readonly onDeferred?: (why: string) => void;
  /** For how long the server may be silent, in milliseconds. Default one minute. */
  readonly silenceMs?: number;
}

/** {@link SmtpOptions} with everything decided. */
export interface SmtpSettings extends SmtpOptions {
  readonly port: number;
  readonly security: SmtpSecurity;
  readonly maxConnections: number;
  readonly silenceMs: number;
}

/** @throws {ConfigurationError} `invalid_configuration`, naming each setting that is wrong and no value. */
export function readSmtpOptions(options: SmtpOptions): SmtpSettings {
  const { host, user, password, from, replyTo, maxConnections = 5, silenceMs = 60_000 } = options;
  const security = options.security ?? defaultSecurity(options);
  const port = options.port ?? { tls: 465, starttls: 587, none: 25 }[security];
  readSettings({
    host: must(
      typeof host === 'string' && /^[A-Za-z0-9.:[\]-]+$/.test(host),
      'host is not the name of a mail server: write it like smtp.example.edu.',
    ),
    port: must(Number.isInteger(port) && port >= 1 && port <= 65_535, 'port must be from 1 to 65535.'),
    user: must(
      (user === undefined) === (password === undefined),
      'user and password belong together: give both or none.',
    ),
    security: must(
      user === undefined || security !== 'none' || isLoopback(host),
      'would send the password unencrypted: set security to starttls or tls.',
    ),
    'from.address': must(isMailbox(from?.address), 'from.address is not one plain mailbox.'),
    replyTo: must(replyTo === undefined || isMailbox(replyTo), 'replyTo is not one plain mailbox.'),
    maxConnections: must(
      Number.isInteger(maxConnections) && maxConnections >= 1,
      'maxConnections must be a whole number from 1.',
    ),
  });
  return { ...options, security, port, maxConnections, silenceMs };
}

/** A check of one setting. */
function must(holds: boolean, what: string): () => void {
  return () => {
    if (!holds) throw new ConfigurationError(`The SMTP setting ${what}`);
  };
}

function defaultSecurity({ host, port }: SmtpOptions): SmtpSecurity {
  if (port === 465) return 'tls';
  return isLoopback(host) ? 'none' : 'starttls';
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[?::1\]?)$/.test(host);
}
