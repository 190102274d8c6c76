import type { HandoffRow, HandoffStore } from '../../src/claims/handoff.ts';

/** Handoffs of one process, to be looked at. */
export function keptHandoffs(): HandoffStore & { readonly rows: Map<string, HandoffRow> } {
  const rows = new Map<string, HandoffRow>();
  const nameOf = (issuer: string, idHash: Uint8Array) => `${issuer}/${Buffer.from(idHash).toString('hex')}`;
  return {
    rows,
    async put(row) {
      rows.set(nameOf(row.issuer, row.idHash), row);
    },
    async take(issuer, idHash) {
      const name = nameOf(issuer, idHash);
      const row = rows.get(name);
      rows.delete(name);
      return row;
    },
  };
}
