import type { AwardInput } from '@seek-pass-kit/flows';
import type {
  EntryPreview,
  ListedMapping,
  Mapping,
  MappingFinding,
  SiteMapping,
} from '../../../contract/mapping.ts';
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
  /** Everything that can be said about a mapping without an entry. */
  check(mapping: Mapping): MappingFinding[];
  /** Those of {@link MappingsService.all}, each with what is wrong with it and whether something was issued with it. */
  list(): Promise<ListedMapping[]>;
  /** @throws {ApplicationError} when it is not right, or its name was used. */
  create(mapping: Mapping): Promise<SiteMapping>;
  /**
   * Changes the mapping of this name; `mapping` may have another name. `revision` is that of the one that was looked at.
   *
   * @throws {ApplicationError} when it is not right, is kept in code, was changed meanwhile, or something was issued with it and its name or
   *   its content type were to change: they are part of the keys of those awards, and the same entry would be issued a second time.
   */
  update(name: string, mapping: Mapping, revision: number): Promise<SiteMapping>;
  /** @throws {ApplicationError} when it is kept in code, was changed meanwhile, or something was issued with it. */
  remove(name: string, revision: number): Promise<void>;
}
