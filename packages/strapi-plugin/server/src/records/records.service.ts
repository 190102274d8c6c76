import { SeekPassError } from '@seek-pass-kit/core';
import type { AuditVerdict, ErasureReport, ErasureRequest, ErasureWithStanding } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { serviceOf } from '../plugin-services.ts';

/** What the site can show about what was done, and how people are erased from it. */
export interface RecordsService {
  /**
   * Goes through the whole audit trail. `heads` are ends that the chain had once, as `<number>.<mac>`: it must still have them.
   *
   * @throws {ApplicationError} while another check of this instance is under way.
   */
  verdict(heads: readonly string[]): Promise<AuditVerdict>;
  /** The last 100 erasures, those of the retention rules among them, newest first. They name nobody. */
  erasures(): Promise<ErasureWithStanding[]>;
  /**
   * Erases a learner, or says why not. Copies in wallets and the entries of the site stay.
   *
   * @throws {ValidationError} for an address that cannot be one.
   */
  erase(request: ErasureRequest): Promise<ErasureReport>;
}

/** Makes the service. */
export function recordsService({ strapi }: { readonly strapi: Core.Strapi }): RecordsService {
  const connection = () => serviceOf(strapi, 'connection').required();
  let checking = false;
  return {
    async verdict(heads) {
      const { addFlow, issuer } = connection();
      if (checking) {
        throw new errors.ApplicationError(
          'The audit trail is being checked already. Wait until that is done, then check again.',
        );
      }
      checking = true;
      try {
        return await addFlow.verifyAudit({ heads: heads.map((text) => headOf(issuer, text)) });
      } finally {
        checking = false;
      }
    },
    erasures: () => connection().addFlow.erasures(),
    async erase(request) {
      try {
        return await connection().addFlow.erase(request);
      } catch (error) {
        if (!SeekPassError.is(error) || error.code !== 'invalid_configuration') throw error;
        throw new errors.ValidationError(error.message);
      }
    },
  };
}

function headOf(issuer: string, text: string) {
  const [number = '', mac = ''] = text.split('.');
  return { issuer, number: Number(number), mac, at: 0 };
}
