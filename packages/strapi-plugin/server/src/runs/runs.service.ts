import type { FlowContext } from '@seek-pass-kit/flows';
import { BulkError, openRunVault } from '@seek-pass-kit/flows/bulk';
import type { Core, UID } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { RunRowView, RunState } from '../../../contract/runs.ts';
import { localeOf } from '../awards/published-entries.ts';
import { flowLog } from '../connection/flow-log.ts';
import { workFailures } from '../connection/work-failures.ts';
import { ImportFiles } from '../imports/import-files.ts';
import { readableDocumentIds } from '../permissions/readable-entries.ts';
import { permissionChecker } from '../permissions/readable-entry.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';
import { staffNames } from '../staff/staff-names.ts';
import { entryLabels } from './entry-labels.ts';
import { type NewRun, newRow, newRun } from './new-run.ts';
import { RunStore } from './run-store.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';
import { brakeOfRun, csvOf, detailOf, rowView, summaryOf } from './run-view.ts';
import { createRunWorker } from './run-worker.ts';
import type { RunAsker, RunsService } from './runs-service.ts';
import { openRow, sealRow } from './sealed-row.ts';

const pageSize = 25;
const resultsPiece = 2_000;
/** What a run sealed is deleted so long after its end: until then its refused rows can be repeated. A run that nobody confirms for so long is ended. */
const keptMs = 7 * 24 * 3_600_000;
const sweepIntervalMs = 3_600_000;
/** States in which something can still be issued. */
const open: readonly RunState[] = ['checking', 'waiting', 'issuing', 'paused'];

/** Makes the service of runs. */
export function runsService({ strapi }: { readonly strapi: Core.Strapi }): RunsService {
  const log = flowLog(strapi);
  const failures = workFailures(log);
  let failed = false;
  const onFailure = (error: unknown): void => {
    failed = true;
    failures.failed(error);
  };
  let sweepAt = 0;

  const opened = () => {
    const connection = serviceOf(strapi, 'connection').required();
    const { context } = connection.addFlow;
    return { connection, context, runs: new RunStore(strapi, context.issuer) };
  };
  const worker = createRunWorker(
    () => {
      const connection = serviceOf(strapi, 'connection').current();
      if (connection === undefined) return undefined;
      const { context } = connection.addFlow;
      const runs = new RunStore(strapi, context.issuer);
      return { strapi, connection, runs, imports: new ImportFiles(strapi, context) };
    },
    {
      onFailure,
      sentenceOf(error) {
        if (BulkError.is(error)) return error.message;
        return error instanceof errors.ApplicationError ? error.message : undefined;
      },
    },
  );
  const kick = () => {
    // The process that answers staff may be one that does no work.
    if (pluginConfigOf(strapi).work !== false) setImmediate(() => void worker.run());
  };

  const mayRead = (contentType: string | null, { ability }: RunAsker): boolean => {
    if (contentType === null) return true;
    if (strapi.contentTypes[contentType as UID.ContentType] === undefined) return false;
    return !permissionChecker(strapi, { userAbility: ability }, contentType).cannot.read();
  };
  const find = async (runs: RunStore, id: string, asker: RunAsker): Promise<StoredRun> => {
    const run = await runs.find(id);
    if (run === undefined || !mayRead(run.contentType, asker))
      throw new errors.NotFoundError('There is no such run.');
    return run;
  };
  const describe = async (run: StoredRun, { who }: RunAsker) =>
    detailOf(run, await staffNames(strapi, [run.who]), who);
  const reread = async (runs: RunStore, id: string, asker: RunAsker) =>
    describe(await find(runs, id, asker), asker);

  /** Changes a run that is in one of these states by now, or says that it is not. */
  const change = async (
    id: string,
    asker: RunAsker,
    expected: readonly RunState[],
    changes: (run: StoredRun) => Parameters<RunStore['change']>[2],
  ) => {
    const { runs } = opened();
    const run = await find(runs, id, asker);
    const changed = expected.includes(run.state) && (await runs.change(id, expected, changes(run)));
    if (!changed)
      throw new errors.ApplicationError('The run is not where it was any more: look at it again.');
    kick();
    return reread(runs, id, asker);
  };

  const viewsOf = async (
    context: FlowContext,
    run: StoredRun,
    rows: readonly StoredRow[],
    asker: RunAsker,
  ): Promise<RunRowView[]> => {
    if (run.contentType !== null) {
      const documentIds = rows.flatMap(({ documentId }) => (documentId === null ? [] : [documentId]));
      const place = {
        contentType: run.contentType,
        documentIds,
        ...(run.locale === null ? {} : { locale: run.locale }),
      };
      const asked = { state: { userAbility: asker.ability } };
      const readable = new Set(await readableDocumentIds(strapi, asked, place));
      const labels = asker.seesPersonalData
        ? await entryLabels(strapi, asked, { ...place, documentIds: [...readable] })
        : undefined;
      return rows.map((row) =>
        rowView(row, {
          readable: readable.has(row.documentId ?? ''),
          label: labels?.get(row.documentId ?? ''),
        }),
      );
    }
    const { wrappedKey, keyId } = run;
    const vault =
      !asker.seesPersonalData || wrappedKey === null || keyId === null
        ? undefined
        : await openRunVault(context, run.id, { wrappedKey, keyId });
    return rows.map((row) =>
      rowView(row, { readable: true, label: vault === undefined ? undefined : openRow(vault, row).key }),
    );
  };

  const store = async (
    { context, runs }: Pick<ReturnType<typeof opened>, 'context' | 'runs'>,
    { run, rows }: NewRun,
    asker: RunAsker,
  ) => {
    await runs.insert(run, rows);
    kick();
    return describe({ issuer: context.issuer, ...run }, asker);
  };

  return {
    async create(request, asker) {
      const { context, runs } = opened();
      const { who } = asker;
      if (request.source === 'import') {
        const { source, fileId, mapping: columns, sheet, delimiter } = request;
        await new ImportFiles(strapi, context).check(fileId, who);
        const { dateFormat, ...rest } = columns;
        const mapping = dateFormat === undefined ? rest : { ...rest, dateFormat };
        const way = {
          ...(sheet === undefined ? {} : { sheet }),
          ...(delimiter === undefined ? {} : { delimiter }),
        };
        const given = { source, who, contentType: null, mapping: columns.type, locale: null, retryOf: null };
        return store(
          { context, runs },
          await newRun(context, given, { source: { fileId, mapping, ...way } }),
          asker,
        );
      }
      const { source, contentType } = request;
      const mapping = await serviceOf(strapi, 'mappings').required(request.mapping);
      if (!mayRead(contentType, asker)) throw new errors.ForbiddenError();
      if (mapping.contentType !== contentType)
        throw new errors.ApplicationError('This mapping is for other entries: choose another.');
      const locale = (await localeOf(strapi, contentType, request.locale)) ?? null;
      const given = { source, who, contentType, mapping: mapping.name, locale, retryOf: null };
      const rows =
        request.source === 'ticked'
          ? { documentIds: [...new Set(request.documentIds)] }
          : { source: { query: { ...request.query, ...(locale === null ? {} : { locale }) } } };
      return store({ context, runs }, await newRun(context, given, rows), asker);
    },

    async list(asker, before) {
      const { runs } = opened();
      const [createdAt, id = ''] = (before ?? '').split('.');
      const found = await runs.list(
        pageSize + 1,
        before === undefined ? undefined : { createdAt: Number(createdAt), id },
      );
      const page = found.slice(0, pageSize);
      const last = page.at(-1);
      const nameOf = await staffNames(
        strapi,
        page.map(({ who }) => who),
      );
      return {
        runs: page
          .filter(({ contentType }) => mayRead(contentType, asker))
          .map((run) => summaryOf(run, nameOf, asker.who)),
        next: found.length > pageSize && last !== undefined ? `${last.createdAt}.${last.id}` : null,
      };
    },

    async detail(id, asker) {
      return reread(opened().runs, id, asker);
    },

    async rows(id, { after, limit, refusedOnly }, asker) {
      const { context, runs } = opened();
      const run = await find(runs, id, asker);
      const found = await runs.rows(id, after, limit + 1, refusedOnly ? 'refused' : undefined);
      const page = found.slice(0, limit);
      return {
        rows: await viewsOf(context, run, page, asker),
        next: found.length > limit ? (page.at(-1)?.number ?? null) : null,
      };
    },

    async results(id, after, asker) {
      const { context, runs } = opened();
      const run = await find(runs, id, asker);
      const rows = await runs.rows(id, after, resultsPiece);
      const next = rows.length < resultsPiece ? null : (rows.at(-1)?.number ?? null);
      return { csv: csvOf(await viewsOf(context, run, rows, asker), after === 0), next };
    },

    async confirm(id, awards, asker) {
      const { context, runs } = opened();
      const run = await find(runs, id, asker);
      if (run.who !== asker.who)
        throw new errors.ForbiddenError('Only who started a run can issue it: it shows what they may read.');
      const brake = brakeOfRun(run);
      if (brake.tooManyRefused)
        throw new errors.ApplicationError(
          `More than ${brake.mostRefused} rows would be refused: correct them, or choose fewer, and start again.`,
        );
      if (awards !== brake.awards || awards === 0)
        throw new errors.ApplicationError(`The run would issue ${brake.awards} awards: confirm that number.`);
      const { refused, unchanged } = run.planned;
      await change(id, asker, ['waiting'], () => ({
        state: 'issuing',
        confirmedAt: context.clock.now(),
        firstAwards: brake.canary,
        decided: refused + unchanged,
        results: { ...run.results, refused, unchanged },
        leasedUntil: 0,
      }));
      return reread(runs, id, asker);
    },

    async resume(id, asker) {
      const run = await find(opened().runs, id, asker);
      if (run.who !== asker.who) throw new errors.ForbiddenError('Only who started a run can let it go on.');
      return change(id, asker, ['paused'], ({ pause, firstAwards }) => ({
        state: 'issuing',
        pause: null,
        firstAwards: pause === 'first_awards' ? 0 : firstAwards,
        leasedUntil: 0,
      }));
    },

    async cancel(id, asker) {
      const { context } = opened();
      return change(id, asker, open, () => ({
        state: 'cancelled',
        pause: null,
        endedAt: context.clock.now(),
        leasedUntil: 0,
      }));
    },

    async retry(id, asker) {
      const { context, runs } = opened();
      const former = await find(runs, id, asker);
      const { source, contentType, mapping, locale, wrappedKey, keyId } = former;
      if (open.includes(former.state))
        throw new errors.ApplicationError('The run has not ended yet: wait for its end, or cancel it.');
      const left = await runs.left(id);
      const given = { source, who: asker.who, contentType, mapping, locale, retryOf: id };
      const next = await newRun(context, given, {});
      const vaults =
        source !== 'import' ||
        wrappedKey === null ||
        keyId === null ||
        next.run.wrappedKey === null ||
        next.run.keyId === null
          ? undefined
          : {
              from: await openRunVault(context, id, { wrappedKey, keyId }),
              to: await openRunVault(context, next.run.id, {
                wrappedKey: next.run.wrappedKey,
                keyId: next.run.keyId,
              }),
            };
      const rows = left.flatMap((row, at) => {
        const copy = newRow(next.run.id, source === 'import' ? row.number : at + 1, row.documentId);
        if (source !== 'import') return [copy];
        const kept = vaults === undefined ? undefined : openRow(vaults.from, row);
        // What was wrong in the file is still wrong: it is corrected there, and imported again.
        if (kept?.input === undefined || vaults === undefined) return [];
        return [{ ...copy, sealed: sealRow(vaults.to, row.number, kept) }];
      });
      if (rows.length === 0)
        throw new errors.ApplicationError(
          source === 'import'
            ? 'There is nothing to repeat: correct the refused rows in the file and import it again.'
            : 'There is nothing to repeat: no row was refused.',
        );
      return store({ context, runs }, { run: { ...next.run, total: rows.length }, rows }, asker);
    },

    async work() {
      const connection = serviceOf(strapi, 'connection').current();
      if (connection === undefined) return;
      const { context } = connection.addFlow;
      const now = context.clock.now();
      failed = false;
      if (now >= sweepAt) {
        sweepAt = now + sweepIntervalMs;
        try {
          await new ImportFiles(strapi, context).sweep();
          const runs = new RunStore(strapi, context.issuer);
          await runs.endForgotten(now - keptMs, now);
          await runs.deleteKeys(now - keptMs);
        } catch (error) {
          onFailure(error);
        }
      }
      await worker.run();
      if (!failed) failures.none();
    },

    close: () => worker.drain(),
  };
}
