import type { SchemaSteps } from './schema-steps.ts';

/**
 * Runs that issue many awards, their rows, and files that wait to be imported. What is personal is sealed with a key of the run or file,
 * which is deleted some days after its end.
 */
export async function runTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('runs', {
    columns: {
      issuer: 'key',
      id: 'key',
      source: 'key',
      state: 'key',
      pause: 'key?',
      who: 'text',
      content_type: 'text?',
      mapping: 'text',
      locale: 'text?',
      retry_of: 'key?',
      created_at: 'time',
      confirmed_at: 'time?',
      ended_at: 'time?',
      wrapped_key: 'bytes?',
      key_id: 'key?',
      sealed_source: 'bytes?',
      total: 'integer',
      looked: 'integer',
      decided: 'integer',
      planned: 'json',
      results: 'json',
      reasons: 'json',
      people: 'integer',
      first_awards: 'integer',
      begun: 'key?',
      problem: 'text?',
      lease: 'integer',
      leased_until: 'time',
    },
    primary: ['issuer', 'id'],
    indexes: {
      runs_by_creation: ['issuer', 'created_at', 'id'],
      runs_due: ['issuer', 'state', 'leased_until'],
    },
  });
  // `person`: rows of one recipient stand together, and are issued together, so that they get one mail.
  await schema.createTable('run_rows', {
    columns: {
      issuer: 'key',
      run_id: 'key',
      number: 'integer',
      document_id: 'key?',
      planned: 'key?',
      result: 'key?',
      person: 'key?',
      fingerprint: 'key?',
      award_id: 'key?',
      version: 'integer?',
      findings: 'json',
      sealed: 'bytes?',
    },
    primary: ['issuer', 'run_id', 'number'],
    indexes: { run_rows_to_issue: ['issuer', 'run_id', 'result', 'person', 'number'] },
  });
  await schema.createTable('import_files', {
    columns: {
      issuer: 'key',
      id: 'key',
      who: 'text',
      created_at: 'time',
      wrapped_key: 'bytes',
      key_id: 'key',
      bytes: 'integer',
      parts: 'integer',
    },
    primary: ['issuer', 'id'],
    indexes: { import_files_by_age: ['created_at'] },
  });
  await schema.createTable('import_parts', {
    columns: { issuer: 'key', file_id: 'key', number: 'integer', sealed: 'bytes' },
    primary: ['issuer', 'file_id', 'number'],
  });
}
