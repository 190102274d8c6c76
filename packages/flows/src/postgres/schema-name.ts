import { ConfigurationError } from '@seek-pass-kit/core';

/** The schema of the tables unless another one is configured. */
export const defaultSchema = 'seek_pass';

/**
 * Checks the name of a schema, so that it can stand in a statement as it is.
 *
 * @throws {ConfigurationError} `invalid_configuration`
 */
export function checkSchemaName(schema: string): string {
  if (/^[a-z_][a-z0-9_]{0,49}$/.test(schema) && !schema.startsWith('pg_')) return schema;
  throw new ConfigurationError(
    'schema must be lower-case letters, digits and underscores, at most 50, not beginning with a digit or pg_. Choose such a name.',
  );
}
