import type { SchemaSteps } from './schema-steps.ts';

/** Who goes on from the site to the claim pages right now. Of the secret in the address a hash is kept. */
export async function handoffTable(schema: SchemaSteps): Promise<void> {
  await schema.createTable('handoffs', {
    columns: { issuer: 'key', id_hash: 'hash', award_id: 'key', subject_hash: 'hash', expires_at: 'time' },
    primary: ['issuer', 'id_hash'],
    indexes: { handoffs_by_end: ['expires_at'] },
  });
}
