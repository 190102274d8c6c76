import type { MetricDefinition } from './metric.ts';

/**
 * Every metric there is. No label may name an issuer, an award, a course or a person (security rule 22), and each has few values.
 *
 * What the store holds is the same in every process that reads it; what a process counted is its own.
 */
export const metrics = {
  storeUp: gauge('seek_pass.store_up', 'Whether the store answers (1) or not (0).'),
  apiUp: gauge('seek_pass.api_up', 'Whether SEEK Pass answered the last call (1) or not (0).'),
  workFailing: gauge('seek_pass.work_failing', 'Whether the last run of the work failed (1) or not (0).'),

  awards: gauge('seek_pass.awards', 'Awards by state.', ['state']),
  openSubmissions: gauge(
    'seek_pass.open_submissions',
    'Submissions that wait for their learner at SEEK Pass.',
  ),
  oldestOpenSubmission: seconds(
    'seek_pass.oldest_open_submission_age',
    'Age of the oldest open submission; it ends within 49 hours, within 97 when its POST had to be repeated.',
  ),
  timeLeft: {
    ...seconds(
      'seek_pass.submission_time_left',
      'Open submissions by the time until their 48 hours end, as of now; 0 and below: over, and asked about once more.',
    ),
    kind: 'histogram',
  },
  oldestDuePoll: seconds(
    'seek_pass.oldest_due_poll_age',
    'For how long the longest due submission waits to be asked about.',
  ),
  mails: gauge('seek_pass.mails', 'Mails that wait or need a person, by state.', ['state']),
  jobsDue: gauge('seek_pass.jobs_due', 'Jobs that wait for a worker.'),
  jobsDead: gauge('seek_pass.jobs_dead', 'Jobs set aside for a person.'),
  oldestDueJob: seconds('seek_pass.oldest_due_job_age', 'For how long the longest due job waits.'),

  auditLines: gauge(
    'seek_pass.audit_lines_waiting',
    'Lines of the audit trail that no link of its chain covers yet.',
  ),
  oldestAuditLine: seconds(
    'seek_pass.audit_oldest_waiting_age',
    'For how long the longest waiting line of the audit trail is not chained.',
  ),

  inboxTasks: gauge(
    'seek_pass.inbox_tasks',
    'Webhook events that a handler has not done, by state, counted at each handler.',
    ['state'],
  ),
  oldestEvent: seconds(
    'seek_pass.oldest_unhandled_event_age',
    'Inbox lag: for how long the longest waiting webhook event is not handled.',
  ),
  verifications: gauge('seek_pass.verifications', 'Verifications by state.', ['state']),
  oldestVerification: seconds(
    'seek_pass.oldest_open_verification_age',
    'Age of the oldest verification that waits for its person.',
  ),

  claims: counter('seek_pass.claims', 'Confirmed claims by outcome.', ['outcome']),
  dedupeHits: counter(
    'seek_pass.dedupe_hits',
    'What came a second time and changed nothing: an award issued again, a webhook sent again.',
    ['of'],
  ),
  mailsSent: counter(
    'seek_pass.mails_sent',
    'Claim mails, reminders and the like that this process sent, by outcome. Without codes.',
    ['outcome'],
  ),
  webhooks: counter('seek_pass.webhooks', 'Webhook deliveries, by what became of them.', ['outcome']),
  jobs: counter('seek_pass.jobs', 'Jobs run by this process, by outcome.', ['outcome']),
  polls: counter('seek_pass.polls', 'Answered calls that asked what became of submissions.'),
  polledSubmissions: counter(
    'seek_pass.polled_submissions',
    'Submissions that these calls asked about: 30 a call at most.',
  ),
  apiCalls: counter('seek_pass.api_calls', 'Calls to SEEK Pass; polling is the operation statuses.', [
    'operation',
    'outcome',
  ]),
  apiCallSeconds: {
    ...counter('seek_pass.api_call', 'Seconds that calls to SEEK Pass took, repeats included.', [
      'operation',
    ]),
    unit: 's',
  },
  apiRepeats: counter('seek_pass.api_repeats', 'Requests that repeated a failed one, by operation.', [
    'operation',
  ]),
  tokenFetches: counter('seek_pass.token_fetches', 'Tokens asked of SEEK Pass, by outcome.', ['outcome']),
  withoutShared: counter(
    'seek_pass.without_shared',
    'Times the client went on without what processes share, because the store did not answer.',
    ['what'],
  ),
  httpRequests: counter('seek_pass.http_requests', 'Requests answered, by route and class of status.', [
    'route',
    'status',
  ]),
  httpRequestSeconds: {
    ...counter('seek_pass.http_request', 'Seconds that answers took, by route.', ['route']),
    unit: 's',
  },

  cpu: { ...counter('process.cpu', 'CPU time of this process, user and system.'), unit: 's' },
  memory: { ...gauge('process.resident_memory', 'Memory that this process holds.'), unit: 'By' },
  startTime: seconds('process.start_time', 'When this process started, since the epoch.'),
  eventLoopLag: seconds(
    'nodejs.eventloop_lag_p99',
    'How late timers came since the last scrape, 99th percentile.',
  ),
} as const satisfies Record<string, MetricDefinition>;

function gauge(name: string, help: string, labels: readonly string[] = []) {
  return { name, help, kind: 'gauge', labels } as const;
}

function seconds(name: string, help: string) {
  return { ...gauge(name, help), unit: 's' } as const;
}

function counter(name: string, help: string, labels: readonly string[] = []) {
  return { name, help, kind: 'counter', labels } as const;
}
