import type { SeekPass } from '@seek-pass-kit/core';
import type { AddFlow, ClaimHandler, Store } from '@seek-pass-kit/flows';
import type { SeekPassEnvironment, SettingValues } from '../../../contract/settings.ts';
import type { SiteSettings } from '../settings/site-settings.ts';

/** What is open while the plugin is connected to SEEK Pass. */
export interface Connection {
  /** Named after the environment: what is tried out in staging never mixes with what is real. */
  readonly issuer: string;
  readonly environment: SeekPassEnvironment;
  readonly clientId: string;
  readonly seekPass: SeekPass;
  readonly addFlow: AddFlow;
  readonly store: Store;
  /** What it was opened with. */
  readonly settings: Partial<SettingValues>;
  /** Answers what comes to the claim pages. */
  readonly claimPages: ClaimHandler;
}

/** Whether the plugin is connected, and to what. */
export interface ConnectionService {
  /** `undefined` while it is not: {@link ConnectionService.problem} says why. It may be another one after settings were saved. */
  current(): Connection | undefined;
  /** One sentence or several that say what to do; `undefined` while it is connected. */
  problem(): string | undefined;
  /** Where the claim pages are, also while it is not connected; `undefined` as long as nobody has set it. */
  claimBaseUrl(): string | undefined;
  /** @throws {ApplicationError} with the problem, while it is not connected. */
  required(): Connection;
  /** Opens the connection anew with the settings of now. While it is not possible, the plugin is not connected. */
  reopen(): Promise<void>;
  /**
   * Says whether a connection would open with these settings. Nothing is kept.
   *
   * @throws {ConfigurationError} `invalid_configuration`.
   */
  check(settings: SiteSettings): Promise<void>;
  /** What Strapi's cron calls: takes over settings that another instance saved, and does what is due. Never rejects. */
  tick(): Promise<void>;
  /** Does what is due soon: mails of an award leave at once, and nobody waits for them. Nothing, where an instance does no work. */
  kick(): void;
  /** Lets the work that is on come to its end, and closes everything. */
  close(): Promise<void>;
}
