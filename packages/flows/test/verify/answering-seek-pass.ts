import type { VerifyResult } from '@seek-pass-kit/core';
import type { VerifyFlowOptions } from '../../src/verify/verify-flow-options.ts';

/** A SEEK Pass that takes every request and answers what a test says; nothing, when it does not say. */
export function answeringSeekPass({
  result = () => ({ status: 'incomplete', response: {} }),
  redirectUri = 'https://seek-pass.example/v',
  now = () => 0,
}: {
  readonly result?: () => Pick<VerifyResult, 'status' | 'response'>;
  readonly redirectUri?: string;
  readonly now?: () => number;
}): VerifyFlowOptions['seekPass'] {
  return {
    verify: {
      request: async () => ({ requestId: 'r', redirectUri }),
      result: async () => ({ requestId: 'r', ...result() }),
    },
    now,
    redirectOrigin: 'https://seek-pass.example',
  };
}
