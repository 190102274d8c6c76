import type { ErasureReport } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { reportLines } from '../src/erasing/report-lines.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

const erased: ErasureReport = {
  outcome: 'erased',
  erasureId: 'goTf-miK1Ej1KROLI8xLUg',
  awards: [
    { awardId: 'a', maskedKey: 'SQL…001', credentialType: 'microcredential', version: 1, state: 'ready' },
  ],
  removed: {
    recipients: 1,
    awardContents: 0,
    mails: 1,
    mutes: 0,
    claimSessions: 0,
    documents: 0,
    verifications: 0,
  },
  kept: [
    { what: 'award_record', why: 'retention_duty', count: 1 },
    { what: 'suppression', why: 'stops_later_imports', count: 3 },
    { what: 'award_trace', why: 'proof_of_erasure', count: 1 },
    { what: 'others_at_address', why: 'other_person', count: 1 },
  ],
  standing: { standing: 'pending', on: 'key_in_use', keyIds: ['k1'] },
};

const reports: readonly ErasureReport[] = [
  erased,
  { outcome: 'nothing_found' },
  { outcome: 'already_erased' },
  {
    outcome: 'held',
    holds: [{ on: 'subject', reason: 'investigation', at: 0, who: 'a-member-of-staff-with-a-long-id' }],
  },
];

test.each(reports)('what erase says ($outcome) fits into 80 columns', (report) => {
  const { colors } = fakeTerminal().terminal;
  for (const line of reportLines(report, colors, 80)) expect(line.length).toBeLessThanOrEqual(80);
});
