import type { SchemaSteps } from './schema-steps.ts';

/**
 * What an institution must be able to show later: the audit trail and the chain that it hangs on, erasures and what they leave, courses and
 * what reports count. Besides, the tables of what the plugin does not use by itself: verifications, the inbox, files of awards.
 */
export async function recordTables(schema: SchemaSteps): Promise<void> {
  await trailTables(schema);
  await erasureTables(schema);
  await reportTables(schema);
  await documentTables(schema);
  await verificationTables(schema);
  await inboxTables(schema);
}

/** A line is `sealed` once a link covers it; nothing else of it ever changes. */
async function trailTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('audit', {
    columns: {
      position: 'position',
      issuer: 'key',
      at: 'time',
      who: 'text',
      what: 'text',
      about: 'key?',
      why: 'text?',
      sealed: 'boolean',
    },
    indexes: {
      audit_by_subject: ['issuer', 'about', 'position'],
      audit_to_seal: ['issuer', 'sealed', 'position'],
    },
  });
  await schema.createTable('audit_links', {
    columns: {
      issuer: 'key',
      number: 'time',
      source: 'key',
      ranges: 'json',
      tags: 'bytes',
      previous: 'hash',
      sealed_at: 'time',
      mac: 'hash',
    },
    primary: ['issuer', 'number'],
  });
  await guardTrail(schema);
}

/** From here on the database refuses to change or delete what the trail is made of. */
export async function guardTrail(schema: SchemaSteps): Promise<void> {
  await schema.insertOnly('history', {
    columns: ['position', 'issuer', 'award_id', 'at', 'who', 'what', 'why', 'payload_hash'],
    flag: 'sealed',
  });
  await schema.insertOnly('stop_record', {
    columns: ['position', 'issuer', 'credential_type', 'stopped', 'at', 'who', 'why'],
    flag: 'sealed',
  });
  await schema.insertOnly('audit', {
    columns: ['position', 'issuer', 'at', 'who', 'what', 'about', 'why'],
    flag: 'sealed',
  });
  await schema.insertOnly('audit_links');
}

async function erasureTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('erasures', {
    columns: {
      issuer: 'key',
      id: 'key',
      at: 'time',
      who: 'text',
      part: 'text',
      reason: 'text',
      legal_basis: 'text?',
      key_ids: 'json',
      keys_dropped_at: 'time?',
      recipients: 'integer',
      awards: 'integer',
    },
    primary: ['issuer', 'id'],
    indexes: { erasures_by_time: ['issuer', 'at', 'id'] },
  });
  await schema.createTable('suppressions', {
    columns: { issuer: 'key', hash: 'hash', erasure_id: 'key', at: 'time' },
    primary: ['issuer', 'hash'],
    indexes: { suppressions_by_erasure: ['issuer', 'erasure_id'] },
  });
  await schema.createTable('holds', {
    columns: { issuer: 'key', hash: 'hash', reason: 'text', at: 'time', who: 'text' },
    primary: ['issuer', 'hash'],
  });
  await schema.createTable('retired_keys', {
    columns: { issuer: 'key', key_id: 'key' },
    primary: ['issuer', 'key_id'],
  });
}

/**
 * `milestones` has a row for each milestone that an award came to, and one for the wait until it was added: when it counts, as what, and for
 * which course. Reports count these rows, and those of awards for what was issued and how it stands.
 */
async function reportTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('courses', {
    columns: { issuer: 'key', id: 'key', credential_type: 'text', sealed_course: 'bytes' },
    primary: ['issuer', 'id'],
  });
  await schema.createTable('report_zones', {
    columns: { issuer: 'key', time_zone: 'key' },
    primary: ['issuer', 'time_zone'],
  });
  await schema.createTable('milestones', {
    columns: {
      issuer: 'key',
      award_id: 'key',
      milestone: 'key',
      at: 'time',
      course: 'key',
      counted: 'key',
    },
    primary: ['issuer', 'award_id', 'milestone'],
    indexes: { milestones_by_time: ['issuer', 'at', 'course', 'counted'] },
  });
}

async function documentTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('documents', {
    columns: {
      issuer: 'key',
      award_id: 'key',
      recipient_id: 'key',
      type: 'text',
      size: 'integer',
      created_at: 'time',
      uploaded_for_attempt: 'integer?',
      sealed_bytes: 'bytes',
    },
    primary: ['issuer', 'award_id'],
    indexes: { documents_by_recipient: ['issuer', 'recipient_id'] },
    references: [{ columns: ['issuer', 'award_id'], table: 'awards', of: ['issuer', 'id'] }],
  });
  await schema.createTable('document_links', {
    columns: {
      issuer: 'key',
      award_id: 'key',
      attempt: 'integer',
      token_hash: 'hash',
      sealed_url: 'bytes',
      ends_at: 'time',
    },
    primary: ['issuer', 'award_id', 'attempt'],
    unique: { document_links_by_token: ['issuer', 'token_hash'] },
    indexes: { document_links_by_end: ['ends_at'] },
    references: [{ columns: ['issuer', 'award_id'], table: 'documents', of: ['issuer', 'award_id'] }],
  });
}

async function verificationTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('verify_bindings', {
    columns: { issuer: 'key', fingerprint: 'text' },
    primary: ['issuer'],
  });
  await schema.createTable('verifications', {
    columns: {
      issuer: 'key',
      id: 'key',
      request_id: 'key',
      reference_hash: 'hash?',
      subject_hash: 'hash?',
      expects: 'text',
      browser_hash: 'hash?',
      facts: 'json',
      state: 'key',
      wrapped_key: 'bytes?',
      key_id: 'key',
      sealed_details: 'bytes?',
      sealed_expected: 'bytes?',
      sealed_answer: 'bytes?',
      answer_hash: 'hash?',
      created_at: 'time',
      requested_at: 'time?',
      give_up_at: 'time',
      last_asked_at: 'time?',
      next_poll_at: 'time?',
      purge_at: 'time?',
      revision: 'integer',
    },
    primary: ['issuer', 'id'],
    unique: { verifications_by_request: ['issuer', 'request_id'] },
    indexes: {
      verifications_by_reference: ['issuer', 'reference_hash', 'created_at'],
      verifications_by_subject: ['issuer', 'subject_hash'],
      verifications_by_state: ['issuer', 'state', 'created_at'],
      verifications_due: ['issuer', 'next_poll_at'],
      verifications_to_purge: ['issuer', 'purge_at'],
    },
  });
}

async function inboxTables(schema: SchemaSteps): Promise<void> {
  await schema.createTable('webhook_endpoints', {
    columns: {
      issuer: 'key',
      id: 'key',
      url: 'text',
      wrapped_key: 'bytes',
      key_id: 'text',
      sealed_secrets: 'bytes',
      rotation: 'json?',
      created_at: 'time',
      revision: 'integer',
    },
    primary: ['issuer', 'id'],
  });
  await schema.createTable('inbox_events', {
    columns: {
      issuer: 'key',
      event_id: 'key',
      type: 'text',
      kind: 'text',
      request_id: 'key?',
      created_at: 'time',
      received_at: 'time',
    },
    primary: ['issuer', 'event_id'],
    indexes: { inbox_events_by_age: ['issuer', 'received_at'] },
  });
  await schema.createTable('inbox_tasks', {
    columns: {
      issuer: 'key',
      event_id: 'key',
      handler: 'key',
      state: 'key',
      round: 'integer',
      attempts: 'integer',
      reason: 'text?',
      at: 'time',
      received_at: 'time',
      request_id: 'key?',
    },
    primary: ['issuer', 'event_id', 'handler'],
    indexes: { inbox_tasks_by_state: ['issuer', 'state', 'at'] },
  });
  await schema.createTable('quarantine', {
    columns: {
      issuer: 'key',
      id: 'key',
      endpoint_id: 'key',
      received_at: 'time',
      sealed_delivery: 'bytes',
    },
    primary: ['issuer', 'id'],
  });
}
