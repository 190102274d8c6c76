import type { Core } from '@strapi/types';
import type { IssuingState } from '../../../contract/settings.ts';
import type { Connection } from '../connection/connection-service.ts';
import { staffNames } from '../staff/staff-names.ts';

const shownTurns = 20;

/** What is stopped, and who turned the kill switch, by name. */
export async function issuingState(
  strapi: Core.Strapi,
  { addFlow }: Pick<Connection, 'addFlow'>,
): Promise<IssuingState> {
  const { inForce, record } = await addFlow.stops();
  const shown = record.slice(0, shownTurns);
  const nameOf = await staffNames(strapi, new Set([...inForce, ...shown].map(({ who }) => who)));
  const told = ({ credentialType, at, who, why }: (typeof record)[number]) => ({
    credentialType,
    at,
    who: nameOf(who),
    reason: why,
  });
  return {
    stops: inForce.map(told),
    record: shown.map((turn) => ({ ...told(turn), stopped: turn.stopped })),
  };
}
