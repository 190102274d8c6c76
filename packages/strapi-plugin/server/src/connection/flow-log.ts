import { type HostLogger, logTo } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';

/** The flow's lines in Strapi's log: what happened, ids and codes. Nothing of a person, no secret, no link. */
export function flowLog(strapi: Pick<Core.Strapi, 'log'>): HostLogger {
  return logTo({
    debug: (fields) => strapi.log.debug(line(fields)),
    info: (fields) => strapi.log.info(line(fields)),
    warn: (fields) => strapi.log.warn(line(fields)),
    error: (fields) => strapi.log.error(line(fields)),
  });
}

function line(fields: object): string {
  return `SEEK Pass ${JSON.stringify(fields)}`;
}
