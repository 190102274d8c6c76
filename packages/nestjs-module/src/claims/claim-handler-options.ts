import type { IncomingMessage } from 'node:http';
import { type Clock, ConfigurationError, systemClock } from '@seek-pass-kit/core';
import type { ClaimHandlerOptions, Connection, HostProof } from '@seek-pass-kit/flows';
import type { AppSessionProof, ClaimPagesSettings } from './claim-pages-settings.ts';
import { runMiddlewares } from './run-middlewares.ts';

/**
 * What the claim pages of the flows are made with: code of the application is given the request of `node:http`, after the middlewares that
 * it needs.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function claimHandlerOptions(
  settings: true | ClaimPagesSettings,
  clock: Clock = systemClock,
): ClaimHandlerOptions {
  const { proof, use = [], guardian, ...rest }: ClaimPagesSettings = settings === true ? {} : settings;
  if (!Array.isArray(use) || !use.every((middleware) => typeof middleware === 'function')) {
    throw new ConfigurationError(
      'claimPages.use must be a list of middlewares: write it like [session, passport.session()].',
    );
  }
  if (use.length > 0 && !isAppSession(proof) && guardian === undefined) {
    throw new ConfigurationError(
      'claimPages.use is for proof.host or guardian, and there is neither: set one of them, or leave use out.',
    );
  }
  return {
    ...rest,
    ...(proof === undefined ? {} : { proof: isAppSession(proof) ? hostProof(proof) : proof }),
    ...(guardian === undefined
      ? {}
      : {
          guardian: async (request, award, connection) => guardian(request, award, nodeRequest(connection)),
        }),
    ...(use.length === 0 ? {} : { prepare: (_request, connection) => prepare(connection) }),
  };

  async function prepare(connection: Connection): Promise<void> {
    const { outgoing } = connection;
    if (outgoing !== undefined) await runMiddlewares(use, nodeRequest(connection), outgoing, clock);
  }
}

/** Whatever else stands beside `host` stays there: the flows know what may. A provider of the application may be the proof, methods and all. */
function hostProof(proof: AppSessionProof): HostProof {
  const { signInUrl } = proof;
  return {
    ...proof,
    ...(signInUrl === undefined ? {} : { signInUrl: (returnTo) => signInUrl.call(proof, returnTo) }),
    host: async (request, connection) => proof.host(request, nodeRequest(connection)),
  };
}

function isAppSession(proof: ClaimPagesSettings['proof']): proof is AppSessionProof {
  return typeof proof === 'object' && proof !== null && 'host' in proof && typeof proof.host === 'function';
}

function nodeRequest({ incoming }: Connection): IncomingMessage {
  if (incoming !== undefined) return incoming;
  throw new ConfigurationError('The claim pages of the module answer requests of node:http only.');
}
