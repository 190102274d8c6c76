import type { SeekPassOptions } from '@seek-pass-kit/core';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** What is the client's. A setting that nobody knows stays in it: the client refuses it. */
export function clientOptions(options: SeekPassModuleOptions): SeekPassOptions {
  const {
    issuer: _issuer,
    brand: _brand,
    defaultLocale: _defaultLocale,
    store: _store,
    keys: _keys,
    logger: _logger,
    addFlow: _addFlow,
    claimPages: _claimPages,
    verifyFlow: _verifyFlow,
    webhooks: _webhooks,
    worker: _worker,
    health: _health,
    metrics: _metrics,
    ...client
  } = options;
  return client;
}
