import type { ColumnMapping } from '@seek-pass-kit/flows/bulk';

/** Bytes of a file that is sent in one part, before base64. */
export const importPartBytes = 384 * 1024;

/** Security rule 19. */
export const mostImportBytes = 20 * 1024 * 1024;

/** A file on its way, or there. */
export interface ImportFile {
  readonly id: string;
  /** Parts that have arrived. */
  readonly parts: number;
  readonly bytes: number;
}

/** What the columns of a file hold, as far as can be guessed. */
export interface ImportColumns {
  readonly titles: readonly string[];
  /** The fields that this credential type takes, with those that the file must have. */
  readonly fields: ReadonlyArray<{ readonly name: string; readonly required: boolean }>;
  readonly guess: ColumnMapping;
  /** As YAML: to be saved and used again. */
  readonly yaml: string;
}
