import type * as Api from '@opentelemetry/api';

/**
 * `@opentelemetry/api`, where somebody installed it beside this program: an SDK that was loaded before (`NODE_OPTIONS`) has registered itself
 * there, and without one it does nothing.
 */
export async function openTelemetry(): Promise<typeof Api | undefined> {
  try {
    return await import('@opentelemetry/api');
  } catch {
    return undefined;
  }
}
