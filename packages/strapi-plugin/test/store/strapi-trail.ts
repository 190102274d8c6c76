import type { Store } from '@seek-pass-kit/flows';
import type { Knex } from 'knex';
import { type TrailIn, trailIn } from '../../../flows/test/audit/trail-in.ts';
import { dialectOf } from '../../server/src/store/dialects/dialect-of.ts';
import { guardTrail } from '../../server/src/store/migrations/0006-records.ts';
import { schemaSteps } from '../../server/src/store/migrations/schema-steps.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import type { SiteDatabase } from './site-databases.ts';

/** Audit trails in a database of Strapi, and somebody who may do everything there and has no key. */
export interface StrapiTrail extends TrailIn {
  readonly store: Store;
  readonly knex: Knex;
  /** Takes the triggers that refuse changes away, does it, and puts them back. */
  readonly tamper: (change: (knex: Knex) => Promise<unknown>) => Promise<void>;
  /** Takes the triggers away for good. */
  readonly unguard: () => Promise<void>;
}

/** The tables of trails. */
export const trailTableNames = ['history', 'audit', 'stop_record', 'audit_links'].map(
  (name) => `seek_pass_${name}`,
);

/** Opens a store whose trails are tampered with. */
export async function openStrapiTrail({ client, openPool }: SiteDatabase): Promise<StrapiTrail> {
  const knex = openPool();
  const store = await openStrapiStore({ knex, client });
  const unguard = async () => {
    for (const table of trailTableNames) {
      for (const change of client === 'postgres' ? ['update', 'delete', 'truncate'] : ['update', 'delete']) {
        const of = client === 'postgres' ? `on ${table}` : '';
        await knex.raw(`drop trigger ${table}_refuses_${change} ${of}`);
      }
    }
  };
  return {
    ...trailIn(store),
    store,
    knex,
    unguard,
    async tamper(change) {
      await unguard();
      try {
        await change(knex);
      } finally {
        await guardTrail(schemaSteps(knex, dialectOf(client)));
      }
    },
  };
}
