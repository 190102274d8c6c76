import type { AddFlow, Store } from '@seek-pass-kit/flows';
import type { SeekPass } from '@seek-pass-kit/core';

/** What is open while the plugin is connected to SEEK Pass. */
export interface Connection {
  readonly issuer: string;
  readonly seekPass: SeekPass;
  readonly addFlow: AddFlow;
  readonly store: Store;
}

/** Whether the plugin is connected, and to what. */
export interface ConnectionService {
  /** `undefined` while it is not: {@link ConnectionService.problem} says why. */
  current(): Connection | undefined;
  /** One sentence that says what to do; `undefined` while it is connected. */
  problem(): string | undefined;
  /** @throws {ApplicationError} with the problem, while it is not connected. */
  required(): Connection;
  /** Closes what is open and opens it anew with the settings of now. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}
