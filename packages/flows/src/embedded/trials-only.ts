import { ConfigurationError, type Environment } from '@seek-pass-kit/core';

/** What decides whether an embedded store may be used. */
export interface EmbeddedRisk {
  /** As in the settings of `seekPass`. In production an embedded store is refused: one machine has all awards, and nobody backs them up. */
  readonly environment: Environment;
  /** Uses it in production all the same: the awards may be lost with this machine. */
  readonly acceptOneMachineWithoutBackup?: true;
}

/** Whether an embedded store may be used. */
export function embeddedIsAllowed({ environment, acceptOneMachineWithoutBackup }: EmbeddedRisk): boolean {
  return environment !== 'production' || acceptOneMachineWithoutBackup === true;
}

/** @throws {ConfigurationError} `invalid_configuration` unless {@link embeddedIsAllowed}. */
export function requireTrial(risk: EmbeddedRisk): void {
  if (embeddedIsAllowed(risk)) return;
  throw new ConfigurationError(
    'An embedded store is for trials, and environment is production: use a PostgreSQL database, or set acceptOneMachineWithoutBackup to true if the awards may be lost with this machine.',
  );
}
