import type { ClaimHandlerOptions } from '@seek-pass-kit/flows';
import {
  createHost,
  createHostRecord,
  type Host,
  type HostLogger,
  type HostOptions,
  type HostRecord,
  type WorkPart,
} from '@seek-pass-kit/flows/node';
import { CommandError } from '../command-error.ts';
import type { Config } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import type { Settings } from '../config/settings.ts';
import { inTermsOfFiles, type OpenFlow } from '../flow/open-flow.ts';
import type { ServedPart } from './served-part.ts';
import { servedParts } from './served-parts.ts';

/** What serves a flow. */
export interface ServingOptions {
  readonly record?: HostRecord;
  readonly logger: HostLogger;
  /** `@opentelemetry/api`, if there is one. */
  readonly telemetry?: HostOptions['telemetry'];
  /** Told of a failure while a learner was answered, by the name of the page only. */
  readonly onClaimError?: ClaimHandlerOptions['onError'];
  /** How long load balancers get to look elsewhere. Milliseconds. */
  readonly drainMs?: number;
  /** Done after each run of the flow's jobs. */
  readonly alsoDo?: () => Promise<void>;
}

/** A host, and what it serves beside the claim pages. */
export interface Serving extends Host {
  readonly parts: ReadonlyArray<Pick<ServedPart, 'name' | 'url'>>;
}

/** Used when the config names no port. */
const usualPort = 8080;

/**
 * Serves the claim pages of a flow and does its jobs. Closing it closes the flow too.
 *
 * @throws {CommandError} `wrong_setting`, naming the setting as the config does.
 */
export async function startServing(
  opened: OpenFlow,
  settings: Settings,
  { record = createHostRecord(), logger, telemetry, onClaimError, drainMs, alsoDo }: ServingOptions,
): Promise<Serving> {
  const { flow, store, seekPass } = opened;
  const { config } = settings;
  const { origin, pathname } = new URL(config.claimBaseUrl);
  const { host, port = usualPort, metricsPort } = config.serve ?? {};
  let parts: readonly ServedPart[] = [];
  try {
    if (pathname === '/') {
      throw new CommandError(
        'wrong_setting',
        `${settings.file}: claimBaseUrl has no path: write it like ${origin}/claim.`,
      );
    }
    parts = await servedParts(opened, settings, { record, log: logger });
    const serving = await createHost({
      routes: [
        { path: pathname, handler: flow.claimPages(claimOptions(config, onClaimError)) },
        ...parts.flatMap(({ routes }) => routes),
      ],
      origin,
      port,
      work: [
        alsoDo === undefined ? flow : withMore(flow, alsoDo),
        ...parts.flatMap(({ work }) => (work === undefined ? [] : [work])),
      ],
      health: { store, issuers: [flow.context.issuer], seekPassNow: () => seekPass.now() },
      logger,
      record,
      resources: [...parts.flatMap(({ close }) => (close === undefined ? [] : [{ close }])), opened],
      ...given({
        hostname: host,
        metrics: metricsPort === undefined ? undefined : { port: metricsPort },
        telemetry,
        drainMs,
      }),
    });
    return { ...serving, parts };
  } catch (error) {
    for (const part of parts) await part.close?.();
    throw inTermsOfFiles(error, settings);
  }
}

function withMore(part: WorkPart, alsoDo: () => Promise<void>): WorkPart {
  return {
    async runDue(budget) {
      const report = await part.runDue(budget);
      await alsoDo();
      return report;
    },
  };
}

function claimOptions(
  { claimPages = {} }: Config,
  onError: ClaimHandlerOptions['onError'],
): ClaimHandlerOptions {
  const { linkAlone, knownFacts, trustedProxies } = claimPages;
  return given({
    proof: linkAlone === undefined ? undefined : { linkAlone },
    knownFacts,
    trustedProxies,
    onError,
  });
}
