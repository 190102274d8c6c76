import type { RunDetail, RunRowsPage, RunSummary } from '../../../contract/runs.ts';
import type { RunRequest } from './run-requests.ts';

/** Who asks, with what they may do now. */
export interface RunAsker {
  /** `strapi:<id of the administrator>` */
  readonly who: string;
  /** Of the request, as Strapi made it. */
  readonly ability: unknown;
  /** Whether names and the like may be in an answer. */
  readonly seesPersonalData: boolean;
}

/** Which rows of a run: after this row number, and only refused ones when asked. */
export interface RowsQuery {
  readonly after: number;
  readonly limit: number;
  readonly refusedOnly: boolean;
}

/** Issues many at once: looks through them first, waits for a person's word, and goes on whatever happens to the process. */
export interface RunsService {
  /**
   * Starts the dry run and returns at once.
   *
   * @throws {ForbiddenError} when the asker may read no entry of the content type. @throws {ApplicationError} for a mapping that does not fit.
   */
  create(request: RunRequest, asker: RunAsker): Promise<RunSummary>;
  /** Newest first; runs over entries that the asker cannot read are left out. */
  list(
    asker: RunAsker,
    before?: string,
  ): Promise<{ readonly runs: RunSummary[]; readonly next: string | null }>;
  /** @throws {NotFoundError} when there is none, or its entries may not be read; so do the others. */
  detail(id: string, asker: RunAsker): Promise<RunDetail>;
  rows(id: string, query: RowsQuery, asker: RunAsker): Promise<RunRowsPage>;
  /** The results as CSV, piece by piece; the first piece (`after` 0) begins with the titles. */
  results(
    id: string,
    after: number,
    asker: RunAsker,
  ): Promise<{ readonly csv: string; readonly next: number | null }>;
  /**
   * A person's word, by the number of awards they were shown.
   *
   * @throws {ApplicationError} when it is another number, too many would be refused, or the run does not wait for it.
   */
  confirm(id: string, awards: number, asker: RunAsker): Promise<RunDetail>;
  /** Goes on after a pause. */
  resume(id: string, asker: RunAsker): Promise<RunDetail>;
  /** What is not issued yet stays so. What is issued stays issued. */
  cancel(id: string, asker: RunAsker): Promise<RunDetail>;
  /** A new run of the rows that were refused or not reached. */
  retry(id: string, asker: RunAsker): Promise<RunSummary>;
  /** Works on what is due; called by cron. Never rejects. */
  work(): Promise<void>;
  close(): Promise<void>;
}
