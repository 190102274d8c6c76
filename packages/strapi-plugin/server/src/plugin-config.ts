import type { Environment } from '@seek-pass-kit/core';

/** Settings of the plugin in `config/plugins` of the site. */
export interface PluginConfig {
  readonly environment: Environment;
  readonly baseUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly keys: string;
  readonly namespace: string;
  readonly claimKey: string;
  readonly claimBaseUrl: string;
  readonly brand: { readonly name: string };
}
