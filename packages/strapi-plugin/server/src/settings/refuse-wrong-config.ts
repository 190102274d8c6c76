import { ConfigurationError } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { keyPlace } from '../keys/site-keys.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { configuredValues } from './configured-values.ts';
import { settingProblems } from './setting-problems.ts';

/**
 * Stops the start of a site whose code or environment has a wrong setting of the plugin. What is missing stops nothing: it may be given on the
 * settings page.
 *
 * @throws {ConfigurationError} `invalid_configuration`, with a sentence for each.
 */
export async function refuseWrongConfig(strapi: Core.Strapi): Promise<void> {
  const config = pluginConfigOf(strapi);
  const values = configuredValues(config, strapi.dirs.app.root);
  keyPlace(config, strapi.dirs);
  const { clientSecret } = config;
  const problems = await settingProblems({ values, ...(clientSecret === undefined ? {} : { clientSecret }) });
  if (problems.length === 0) return;
  throw new ConfigurationError(
    problems.map(({ setting, message }) => ({
      ...(setting === undefined ? {} : { setting }),
      message: `config of seek-pass: ${message}`,
    })),
  );
}
