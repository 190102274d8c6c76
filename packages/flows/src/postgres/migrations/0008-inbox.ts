/** What SEEK Pass sends us: events, what became of them at each handler, the secrets that sign them, and what fits no secret. */
export function inbox(schema: string): string {
  return `
CREATE TABLE ${schema}.webhook_endpoints (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  url text NOT NULL,
  wrapped_key bytea NOT NULL,
  key_id text NOT NULL,
  sealed_secrets bytea NOT NULL,
  rotation jsonb,
  created_at bigint NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (issuer, id)
);
CREATE TABLE ${schema}.inbox_events (
  issuer text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  kind text NOT NULL,
  request_id text COLLATE "C",
  created_at bigint NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (issuer, event_id)
);
CREATE INDEX inbox_events_by_age ON ${schema}.inbox_events (issuer, received_at);
CREATE TABLE ${schema}.inbox_tasks (
  issuer text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  handler text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'parked', 'dead')),
  round integer NOT NULL,
  attempts integer NOT NULL,
  reason text,
  at bigint NOT NULL,
  received_at bigint NOT NULL,
  request_id text COLLATE "C",
  PRIMARY KEY (issuer, event_id, handler)
);
CREATE INDEX inbox_tasks_waiting ON ${schema}.inbox_tasks (issuer, received_at) WHERE state = 'waiting';
CREATE INDEX inbox_tasks_parked ON ${schema}.inbox_tasks (issuer, request_id) WHERE state = 'parked';
CREATE INDEX inbox_tasks_dead ON ${schema}.inbox_tasks (issuer, at) WHERE state = 'dead';
CREATE TABLE ${schema}.quarantine (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  received_at bigint NOT NULL,
  sealed_delivery bytea NOT NULL,
  PRIMARY KEY (issuer, id)
);
`;
}
