import type { SchemaSteps } from './schema-steps.ts';

/**
 * The tables of awards and of what happens to them. Times are milliseconds since the epoch. What is personal is ciphertext before it comes
 * here. Lines of `history` and `stop_record` are `sealed` once they hang on the chain of the audit trail.
 */
export async function storeTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('issuers', {
    columns: {
      issuer: 'key',
      client_id: 'text',
      namespace_fingerprint: 'text',
      claim_key_fingerprint: 'text',
    },
    primary: ['issuer'],
  });
  await schema.createTable('recipients', {
    columns: {
      issuer: 'key',
      id: 'key',
      email_hash: 'hash',
      subject_hash: 'hash?',
      wrapped_key: 'bytes?',
      key_id: 'key',
      sealed_person: 'bytes',
      created_at: 'time',
    },
    primary: ['issuer', 'id'],
    indexes: {
      recipients_by_email: ['issuer', 'email_hash'],
      recipients_by_subject: ['issuer', 'subject_hash'],
    },
  });
  await schema.createTable('awards', {
    columns: {
      issuer: 'key',
      id: 'key',
      key_hash: 'hash',
      version: 'integer',
      recipient_id: 'key',
      credential_type: 'text',
      course: 'key?',
      generation: 'integer',
      facts: 'json',
      state: 'key',
      sealed_credential: 'bytes',
      payload_hash: 'hash',
      created_at: 'time',
      revision: 'integer',
    },
    primary: ['issuer', 'id'],
    unique: { awards_by_key: ['issuer', 'key_hash', 'version'] },
    indexes: {
      awards_by_recipient: ['issuer', 'recipient_id'],
      awards_by_creation: ['issuer', 'created_at', 'id'],
      awards_by_state: ['issuer', 'state', 'created_at', 'id'],
    },
    references: [{ columns: ['issuer', 'recipient_id'], table: 'recipients', of: ['issuer', 'id'] }],
  });
  await schema.createTable('submissions', {
    columns: {
      issuer: 'key',
      id: 'key',
      award_id: 'key',
      attempt: 'integer',
      payload_hash: 'hash',
      submitted_at: 'time',
      acknowledged: 'boolean',
      outcome: 'key',
      last_asked_at: 'time?',
      next_poll_at: 'time?',
    },
    primary: ['issuer', 'id'],
    unique: { submissions_by_award: ['issuer', 'award_id', 'attempt'] },
    indexes: { submissions_due: ['issuer', 'next_poll_at'] },
    references: [{ columns: ['issuer', 'award_id'], table: 'awards', of: ['issuer', 'id'] }],
  });
  await schema.createTable('history', {
    columns: {
      position: 'position',
      issuer: 'key',
      award_id: 'key',
      at: 'time',
      who: 'text',
      what: 'key',
      why: 'text?',
      payload_hash: 'hash?',
      sealed: 'boolean',
    },
    indexes: {
      history_of_award: ['issuer', 'award_id', 'position'],
      history_to_seal: ['issuer', 'sealed', 'position'],
    },
  });
  await schema.createTable('mails', {
    columns: {
      issuer: 'key',
      id: 'key',
      message_id: 'key',
      recipient_id: 'key',
      kind: 'text',
      award_ids: 'json',
      state: 'key',
      created_at: 'time',
      sent_at: 'time?',
    },
    primary: ['issuer', 'id'],
    unique: { mails_by_message: ['message_id'] },
    indexes: {
      mails_by_state: ['issuer', 'state', 'created_at', 'id'],
      mails_by_recipient: ['issuer', 'recipient_id', 'created_at', 'id'],
    },
  });
  await schema.createTable('mutes', {
    columns: { issuer: 'key', email_hash: 'hash', mutes: 'key', reason: 'text', at: 'time', who: 'text' },
    primary: ['issuer', 'email_hash', 'mutes'],
    indexes: { mutes_by_kind: ['issuer', 'mutes', 'email_hash'] },
  });
  await schema.createTable('claim_sessions', {
    columns: {
      issuer: 'key',
      id_hash: 'hash',
      award_id: 'key',
      recipient_id: 'key',
      generation: 'integer',
      proved_at: 'time?',
      proved_by: 'text?',
      expires_at: 'time',
    },
    primary: ['issuer', 'id_hash'],
    indexes: { claim_sessions_by_end: ['expires_at'] },
  });
  await schema.createTable('claim_codes', {
    columns: {
      issuer: 'key',
      award_id: 'key',
      session_hash: 'hash',
      email_hash: 'hash',
      code_hash: 'hash',
      tries: 'integer',
      expires_at: 'time',
    },
    primary: ['issuer', 'award_id'],
    indexes: { claim_codes_by_end: ['expires_at'] },
  });
  // `*` stands for all of the issuer.
  await schema.createTable('stops', {
    columns: { issuer: 'key', credential_type: 'key' },
    primary: ['issuer', 'credential_type'],
  });
  await schema.createTable('stop_record', {
    columns: {
      position: 'position',
      issuer: 'key',
      credential_type: 'text?',
      stopped: 'boolean',
      at: 'time',
      who: 'text',
      why: 'text',
      sealed: 'boolean',
    },
    indexes: {
      stops_of_issuer: ['issuer', 'position'],
      stops_to_seal: ['issuer', 'sealed', 'position'],
    },
  });
  // `claimable_at`: when it may be claimed, its time or the end of its lease; `null` once it ended.
  await schema.createTable('jobs', {
    columns: {
      issuer: 'key',
      id: 'key',
      kind: 'key',
      refs: 'json',
      run_at: 'time',
      state: 'key',
      attempt: 'integer',
      claimable_at: 'time?',
      ended_at: 'time?',
      reason: 'text?',
    },
    primary: ['issuer', 'id'],
    indexes: {
      jobs_claimable: ['issuer', 'kind', 'claimable_at'],
      jobs_ended: ['state', 'ended_at'],
    },
  });
  await schema.createTable('limits', {
    columns: { name: 'key', window_ms: 'time', window_start: 'time', used: 'integer' },
    primary: ['name', 'window_ms'],
  });
  await schema.createTable('turns', { columns: { name: 'key', next_at: 'real' }, primary: ['name'] });
  // Rows to wait for each other by; see locks.ts.
  await schema.createTable('locks', { columns: { name: 'key' }, primary: ['name'] });
  // One row for each transaction, stored with it: whoever lost the answer to a COMMIT finds out what became of it.
  await schema.createTable('receipts', {
    columns: { id: 'key', at: 'time' },
    primary: ['id'],
    indexes: { receipts_by_age: ['at'] },
  });
}
