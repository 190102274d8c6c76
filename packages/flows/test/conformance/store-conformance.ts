import { afterAll, beforeAll, describe } from 'vitest';
import { auditConformance } from './audit-conformance.ts';
import { awardConformance } from './award-conformance.ts';
import { claimConformance } from './claim-conformance.ts';
import { documentsConformance } from './documents-conformance.ts';
import { inboxConformance } from './inbox-conformance.ts';
import { erasureConformance } from './erasure-conformance.ts';
import { isolationConformance } from './isolation-conformance.ts';
import { jobConformance } from './job-conformance.ts';
import { limitConformance } from './limit-conformance.ts';
import { mailConformance } from './mail-conformance.ts';
import { pagingConformance } from './paging-conformance.ts';
import { recipientKeyConformance } from './recipient-key-conformance.ts';
import { reportsConformance } from './reports-conformance.ts';
import { restartConformance } from './restart-conformance.ts';
import { sameTimeConformance } from './same-time-conformance.ts';
import { stopConformance } from './stop-conformance.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { transactionConformance } from './transaction-conformance.ts';
import { verificationConformance } from './verification-conformance.ts';
import { watchingConformance } from './watching-conformance.ts';

/** What every store must do, whatever it stores in. Call it in a test file; `skip` counts its tests as skipped. */
export function storeConformance(name: string, makeStore: () => Promise<StoreUnderTest>, skip = false): void {
  describe.skipIf(skip)(`store: ${name}`, () => {
    let opened: StoreUnderTest | undefined;
    const open = () => {
      if (opened === undefined) throw new Error('The store is made before the first test.');
      return opened;
    };
    beforeAll(async () => {
      opened = await makeStore();
    }, 60_000);
    afterAll(() => opened?.close());

    transactionConformance(open);
    sameTimeConformance(open);
    awardConformance(open);
    recipientKeyConformance(open);
    stopConformance(open);
    pagingConformance(open);
    claimConformance(open);
    limitConformance(open);
    mailConformance(open);
    jobConformance(open);
    verificationConformance(open);
    inboxConformance(open);
    documentsConformance(open);
    reportsConformance(open);
    isolationConformance(open);
    watchingConformance(open);
    auditConformance(open);
    erasureConformance(open);
    restartConformance(open);
  });
}
