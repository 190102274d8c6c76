import type { AddFlow } from '@seek-pass-kit/flows';
import type { Knex } from 'knex';
import { fromDatabase } from '../store/table.ts';

/** What a search may look at. */
export interface SearchPlace {
  readonly knex: Knex;
  readonly issuer: string;
  readonly flow: AddFlow;
  /** Whether the asker may see personal data: otherwise an address finds nothing, as the answer would tell that somebody has an award. */
  readonly personal: boolean;
}

/**
 * The awards that a text names exactly (security rule 16): the e-mail address of the recipient, the institution's own key of the award, the id of
 * the award, or the document id of the entry. A part of one of these finds nothing, and names are not searched.
 */
export async function findIssuances(
  { knex, issuer, flow, personal }: SearchPlace,
  text: string,
): Promise<string[]> {
  const wanted = text.trim();
  if (wanted.includes('@')) return personal ? flow.find({ email: wanted }) : [];
  // A key may be made of a student number.
  const byKey = personal ? await flow.find({ key: wanted }) : [];
  const byEntry: unknown = await knex({ a: 'seek_pass_awards' })
    .join(
      { e: 'seek_pass_entry_awards' },
      (on) => void on.on('e.issuer', 'a.issuer').andOn('e.key_hash', 'a.key_hash'),
    )
    .select('a.id')
    .where({ 'e.issuer': issuer, 'e.document_id': wanted })
    .limit(100);
  const ofEntry = (byEntry as ReadonlyArray<{ readonly id: unknown }>).map(
    ({ id }) => fromDatabase('key', id) as string,
  );
  return [...new Set([wanted, ...byKey, ...ofEntry])];
}
