import type { SchemaSteps } from './schema-steps.ts';

/** Entries that a rule is to issue, or that wait for a person; see `AutomatedEntryRow`. */
export async function automatedEntryTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('automated_entries', {
    columns: {
      issuer: 'key',
      mapping: 'key',
      document_id: 'key',
      locale: 'key',
      content_type: 'key',
      state: 'key',
      reason: 'key?',
      published_by: 'text?',
      published_at: 'time',
      leased_until: 'time',
    },
    primary: ['issuer', 'mapping', 'document_id', 'locale'],
    indexes: { automated_entries_by_state: ['issuer', 'state', 'published_at'] },
  });
}
