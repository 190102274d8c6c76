import { SeekPass, SeekPassError, validate } from '@seek-pass-kit/core';
import type { Credential, SeekPassOptions, SubmissionStatus } from '@seek-pass-kit/core';
import { checkOpenCert } from '@seek-pass-kit/core/open-cert';
import { ManualClock } from '@seek-pass-kit/core/testing';
import { verifyWebhook } from '@seek-pass-kit/core/webhooks';
import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Sandbox } from '@seek-pass-kit/sandbox';

const credential: Credential = {
  credential_type: 'microcredential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    issuer_name: 'Example University',
    microcredential_name: 'Data Analysis with Spreadsheets',
    issue_date: '2026-10-30',
  },
};

// @ts-expect-error a degree is not a microcredential: the type of a credential decides its fields
export const wrong: Credential = { credential_type: 'microcredential', fields: { degree: 'BSc' } };

export async function issue(options: SeekPassOptions): Promise<SubmissionStatus> {
  const seekPass = new SeekPass(options);
  try {
    const { redirectUri } = await seekPass.add({ id: 'a', credential });
    console.log(redirectUri.length, validate(credential).ok);
    return await seekPass.status('a');
  } catch (error) {
    if (SeekPassError.is(error)) console.log(error.code, error.retryable);
    throw error;
  } finally {
    await seekPass.close();
  }
}

export const eventId = (body: string, headers: Record<string, string>): string =>
  verifyWebhook({ body, headers, secrets: ['c0ffee'], now: 0 }).event.event_id;

export const sandbox: Promise<Sandbox> = startSandbox();
export const others: readonly unknown[] = [checkOpenCert, ManualClock];
