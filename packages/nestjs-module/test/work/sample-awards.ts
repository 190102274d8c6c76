import type { AwardInput } from '@seek-pass-kit/flows';

/** The award of one learner of many. */
export function sampleAward(number: number): AwardInput {
  return {
    key: `2026/WELD/${number}`,
    recipient: { fullName: 'Nguyễn Thị Lan', email: `lan.${number}@example.edu`, subject: `sis:${number}` },
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: 'Nguyễn Thị Lan',
        issuer_name: 'Example University',
        microcredential_name: 'Underwater Welding, Level 2',
        issue_date: '2026-02-20',
      },
    },
  };
}

export const sampleRun = { runId: '2026-11', who: 'staff-7' };
