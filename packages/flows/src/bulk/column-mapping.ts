import type { CredentialType } from '@seek-pass-kit/core';
import type { DateFormat } from './date-format.ts';

/** Where a field comes from: the title of a column, several titles whose values are joined by a space, or a text for every row. */
export type ColumnSource = string | readonly string[] | { readonly const: string };

/**
 * Says which column of a file holds which field. Its names are the wire names of the credential's fields, and `key`, `email`,
 * `locale`, `subject`, `email_verified`, `minor`, `known_facts.<name>`, `document_type`, `document`, `partner_chain`. Columns that
 * it does not name are left out.
 */
export interface ColumnMapping {
  readonly type: CredentialType;
  readonly columns: Readonly<Record<string, ColumnSource>>;
  /** How dates are written in text cells. Default `YYYY-MM-DD`, which is always understood; date cells of Excel need none. */
  readonly dateFormat?: DateFormat;
}
