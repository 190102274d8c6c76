import type { AwardInput } from '@seek-pass-kit/flows';
import { sampleCredential } from '../sample-credential.ts';

/** The award of one learner of many. */
export function sampleAward(number: number): AwardInput {
  return {
    key: `2026/WELD/${number}`,
    recipient: { fullName: 'Nguyễn Thị Lan', email: `lan.${number}@example.edu`, subject: `sis:${number}` },
    credential: sampleCredential,
  };
}

export const sampleRun = { runId: '2026-11', who: 'staff-7' };
