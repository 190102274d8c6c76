import type { AuditHead } from '@seek-pass-kit/flows';
import type { HostLogger } from '@seek-pass-kit/flows/node';
import { appendHead } from '../auditing/heads-file.ts';
import { placed, type Settings } from '../config/settings.ts';

/** Used when the config names no file. */
const usualFile = 'audit-heads.jsonl';

/** Writes the end of the audit chain into the log and, unless the config says no, adds it to a file. */
export function keepHead({ folder, config }: Settings, log: HostLogger): (head: AuditHead) => Promise<void> {
  const file = config.audit?.headsFile ?? usualFile;
  return async (head) => {
    const { issuer, number, mac } = head;
    log({ event: 'audit_head', issuer, number, mac });
    if (file !== false) await appendHead(placed(folder, file), head);
  };
}
