import { ConfigurationError, SeekPass } from '@seek-pass-kit/core';
import { clientOptions } from '../registration/client-options.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { checkNames } from './check-names.ts';
import { checkNeeds, partsOf } from './check-needs.ts';
import { checkPaths } from './check-paths.ts';
import { checkSupplies } from './check-supplies.ts';
import { FoundProblems } from './found-problems.ts';
import { tryParts } from './try-parts.ts';
import { readMetricsPort, readWorker } from '../work/work-settings.ts';

/**
 * Checks all options of a registration before anything is opened. The rules are those of the client and the flows; what only a module can get
 * wrong is added to them.
 *
 * @throws {ConfigurationError} `invalid_configuration`, with a sentence for each wrong setting and no value of one.
 */
export async function checkOptions(name: string, options: SeekPassModuleOptions): Promise<void> {
  requireOptions(options);
  const problems = new FoundProblems();
  if (!/^[A-Za-z0-9_-]{1,63}$/.test(name)) {
    problems.add(
      'name',
      'name must be 1 to 63 letters, digits, - and _: tokens and rows are named after it.',
    );
  }
  await checkNames(options, problems);
  const before = problems.size;
  await problems.of('', async () => new SeekPass(clientOptions(options)).close());
  const client = problems.size === before;
  checkLogger(options.logger, problems);
  checkNeeds(options, problems);
  await problems.of('', () => void readWorker(options.worker));
  await problems.of('', () => void readMetricsPort(options.metrics));
  if (partsOf(options).length > 0) {
    const { keys } = await checkSupplies(options, problems);
    await tryParts(options, { client, keys }, problems);
    await problems.of('', () => checkPaths(options, problems));
  }
  problems.end();
}

/** What cannot be called would swallow every line. */
function checkLogger(logger: SeekPassModuleOptions['logger'], problems: FoundProblems): void {
  if (logger === undefined || logger === false) return;
  const methods: readonly unknown[] = [logger?.log, logger?.warn, logger?.error];
  if (methods.every((method) => typeof method === 'function')) return;
  problems.add('logger', "logger must be false, or have log, warn and error: leave it out for Nest's own.");
}

/** An asynchronous factory that forgot to return gives `undefined`, whatever its type says. */
function requireOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new ConfigurationError(
    'there are no options: what useFactory, useClass or useExisting gave is no object. Return the options from it.',
  );
}
