import { type ClaimHandler, closedClaimPages } from '@seek-pass-kit/flows';
import { createFrontDoor, errorName, type FrontDoor } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';
import { claimPlaceOf } from './claim-place.ts';
import type { ClaimsService } from './claims-service.ts';
import { mountInServer } from './mount-in-server.ts';

/** Makes the service that serves the claim pages. */
export function claimsService({ strapi }: { readonly strapi: Core.Strapi }): ClaimsService {
  /**
   * Of the newest address first. The pages may get another one while this process runs; links of the former ones hold their tokens still, so
   * nothing below their paths gets into Strapi's log either.
   */
  const doors: FrontDoor[] = [];
  let openFor: string | undefined;
  let unmount: (() => void) | undefined;

  /** Where the pages are now; without a connection, where they are to be. */
  const followAddress = (): void => {
    const base = serviceOf(strapi, 'connection').claimBaseUrl();
    if (base === undefined || base === openFor) return;
    openFor = base;
    const door = doorFor(strapi, base);
    if (door !== undefined) doors.unshift(door);
  };

  return {
    mount() {
      unmount = mountInServer(strapi.server.httpServer, (incoming, outgoing) => {
        followAddress();
        return doors.some((door) => door.take(incoming, outgoing));
      });
    },
    close() {
      unmount?.();
      for (const door of doors) door.drain();
    },
  };
}

/** `undefined`: nothing can be served there, and whoever connects reads why. */
function doorFor(strapi: Core.Strapi, claimBaseUrl: string): FrontDoor | undefined {
  try {
    const { path, origin } = claimPlaceOf(strapi, claimBaseUrl);
    const closed = closedClaimPages({ claimBaseUrl, brand: { name: new URL(origin).host } });
    const handler: ClaimHandler = (request, connection) =>
      (serviceOf(strapi, 'connection').current()?.claimPages ?? closed)(request, connection);
    const onError = (error: unknown) => strapi.log.error(`A claim page failed: ${errorName(error)}.`);
    const door = createFrontDoor();
    door.open({ name: 'SEEK Pass', onError }, [{ path, origin, handler }]);
    return door;
  } catch {
    return undefined;
  }
}
