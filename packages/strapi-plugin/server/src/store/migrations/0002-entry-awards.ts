import type { SchemaSteps } from './schema-steps.ts';

/** From which entry of the site awards come; see `EntryAwardRow`. */
export async function entryAwardTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('entry_awards', {
    columns: {
      issuer: 'key',
      key_hash: 'hash',
      content_type: 'key',
      document_id: 'key',
      locale: 'key',
      mapping: 'key',
      award_id: 'key?',
      entry_version: 'text?',
      run_id: 'text?',
      who: 'text?',
      noted_at: 'time',
    },
    primary: ['issuer', 'key_hash'],
    indexes: { entry_awards_of_entry: ['issuer', 'content_type', 'document_id'] },
  });
}
