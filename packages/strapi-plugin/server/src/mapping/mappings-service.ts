import type { AwardInput } from '@seek-pass-kit/flows';
import type { EntryPreview, Mapping, MappingFinding, SiteMapping } from '../../../contract/mapping.ts';
import type { Entry } from '../permissions/readable-entry.ts';

/** What an entry becomes by a mapping. */
export interface EntryReading {
  /** Of the award: `<content type>:<documentId>[:locale]:<mapping name>`. */
  readonly key: string;
  /** What may be issued. Absent when a finding is an error. */
  readonly input?: AwardInput;
  /** With personal data. */
  readonly preview: EntryPreview;
  readonly findings: readonly MappingFinding[];
}

/** The mappings of the site. */
export interface MappingsService {
  /** Those kept in code first, then by title. */
  all(): Promise<SiteMapping[]>;
  /** The mappings that staff can issue entries of this content type with. */
  ofContentType(contentType: string): Promise<SiteMapping[]>;
  /** `undefined` when there is none. Whether it is switched on is in `enabled`. */
  find(name: string): Promise<SiteMapping | undefined>;
  /**
   * The mapping to issue with.
   *
   * @throws {ApplicationError} when there is none of this name, or it is switched off.
   */
  required(name: string): Promise<SiteMapping>;
  /** What to populate, so that {@link MappingsService.readEntry} finds all that the mapping names. */
  populateOf(mapping: Mapping): Record<string, unknown>;
  /**
   * What an entry becomes. It must be the published version, loaded with {@link MappingsService.populateOf}. May read a file of the media
   * library: not to be called inside a transaction.
   */
  readEntry(mapping: Mapping, entry: Entry): Promise<EntryReading>;
}
