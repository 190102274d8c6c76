import type { FlowContext } from '../flow-context.ts';

/** What the audit trail of an issuer works with: any flow of the issuer has it. */
export type AuditContext = Pick<FlowContext, 'issuer' | 'store' | 'lookupKey' | 'clock'>;
