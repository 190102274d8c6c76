import type { ReadinessDetails } from '@seek-pass-kit/flows/node';
import { healthReport, type SeekPassHealthReport } from './health-result.ts';

/** Settings of {@link SeekPassHealth.check}. */
export interface SeekPassHealthOptions {
  /** Rejects when the answer would be `down`, as `@nestjs/terminus` 10 expects it. Default `false`, for 11 and later. */
  readonly throwOnDown?: boolean;
  /** Whether states, ages and counts are told, or only `status` and `warnings`. Default `true`; `false` for a path that strangers reach. */
  readonly details?: boolean;
}

/** The answer of a health check, under its key. */
export type SeekPassHealthResult<Key extends string> = Record<Key, SeekPassHealthReport>;

/**
 * Tells how a registration is. Inject it with `@InjectSeekPassHealth(name?)`.
 *
 * ```ts
 * @Get('health') @HealthCheck()
 * check() { return this.health.check([() => this.seekPass.check()]); }
 * ```
 */
export class SeekPassHealth {
  readonly #readiness: () => Promise<ReadinessDetails>;

  /** Made by the module. */
  constructor(readiness: () => Promise<ReadinessDetails>) {
    this.#readiness = readiness;
  }

  /**
   * An indicator for `@nestjs/terminus`, or for a route of your own. It never calls SEEK Pass: what it tells of it is what the last real call
   * met. The store is looked at once a second at most, however many probes come.
   *
   * @param key what the answer stands under; default `seekPass`. Give each registration its own.
   */
  async check<Key extends string = 'seekPass'>(
    key: Key = 'seekPass' as Key,
    { throwOnDown = false, details = true }: SeekPassHealthOptions = {},
  ): Promise<SeekPassHealthResult<Key>> {
    const report = healthReport(await this.#readiness(), details);
    const result = { [key]: report } as SeekPassHealthResult<Key>;
    if (throwOnDown && report.status === 'down') throw new SeekPassDown(result);
    return result;
  }
}

/** What `@nestjs/terminus` 10 takes for its own `HealthCheckError`. */
class SeekPassDown extends Error {
  override readonly name = 'SeekPassDown';
  readonly isHealthCheckError = true;
  readonly causes: object;

  constructor(causes: object) {
    super('SEEK Pass is down in this process.');
    this.causes = causes;
  }
}
