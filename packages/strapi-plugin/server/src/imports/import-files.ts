import { randomBytes } from 'node:crypto';
import type { FlowContext } from '@seek-pass-kit/flows';
import { createRunKey, openRunVault, type RunVault } from '@seek-pass-kit/flows/bulk';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { importPartBytes, type ImportFile, mostImportBytes } from '../../../contract/imports.ts';
import { match } from '../store/sql.ts';
import { type StrapiDatabase, strapiDatabase } from '../store/strapi-database.ts';
import { table } from '../store/table.ts';

interface FileRow {
  readonly issuer: string;
  readonly id: string;
  readonly who: string;
  readonly createdAt: number;
  readonly wrappedKey: Uint8Array;
  readonly keyId: string;
  readonly bytes: number;
  readonly parts: number;
}

interface PartRow {
  readonly issuer: string;
  readonly fileId: string;
  readonly number: number;
  readonly sealed: Uint8Array;
}

const files = table<FileRow>('import_files', {
  issuer: 'key',
  id: 'key',
  who: 'text',
  createdAt: 'time',
  wrappedKey: 'bytes',
  keyId: 'key',
  bytes: 'integer',
  parts: 'integer',
});

const parts = table<PartRow>('import_parts', {
  issuer: 'key',
  fileId: 'key',
  number: 'integer',
  sealed: 'bytes',
});

/** A file that nobody made a run of. */
const lifeMs = 24 * 3_600_000;

const gone = () => new errors.NotFoundError('The file is not here any more: choose it again.');

/**
 * Files that wait to be imported, sealed part by part as they arrive (security rule 16): never in a folder, never in clear. A file goes once
 * its rows are read, and after a day in any case.
 */
export class ImportFiles {
  readonly #database: StrapiDatabase;
  readonly #context: FlowContext;

  constructor(strapi: Core.Strapi, context: FlowContext) {
    this.#database = strapiDatabase(strapi);
    this.#context = context;
  }

  async begin(who: string): Promise<ImportFile> {
    const { issuer, clock } = this.#context;
    const id = randomBytes(16).toString('base64url');
    const key = await createRunKey(this.#context, id);
    await this.#database.sql.insert(files, [
      { issuer, id, who, createdAt: clock.now(), ...key, bytes: 0, parts: 0 },
    ]);
    return { id, parts: 0, bytes: 0 };
  }

  /**
   * Adds the next part. One that was sent already is passed over: its answer was lost.
   *
   * @throws {ApplicationError} when it is too large or not the next. @throws {NotFoundError} when the file is somebody else's.
   */
  async add(id: string, who: string, number: number, bytes: Uint8Array): Promise<ImportFile> {
    const file = await this.#own(id, who);
    const here = { id, parts: file.parts, bytes: file.bytes };
    if (number === file.parts) return here;
    if (number !== file.parts + 1)
      throw new errors.ApplicationError('A part of the file is missing: choose it again.');
    const size = file.bytes + bytes.length;
    if (bytes.length > importPartBytes || size > mostImportBytes)
      throw new errors.ApplicationError('The file is larger than 20 MB: split it into several files.');
    const { issuer } = this.#context;
    const vault = await this.#vault(file);
    const sealed = vault.seal(placeOf(number), bytes);
    const next = { id, parts: number, bytes: size };
    await this.#database.transaction(async (sql) => {
      const taken = await sql.update(
        files,
        { parts: number, bytes: size },
        match(files, { issuer, id, parts: file.parts }),
      );
      if (taken !== 1)
        throw new errors.ApplicationError('The file is sent twice at the same time: choose it again.');
      await sql.insert(parts, [{ issuer, fileId: id, number, sealed }]);
    });
    return next;
  }

  /** @throws {NotFoundError} when it is gone, or somebody else's. */
  async check(id: string, who: string): Promise<void> {
    await this.#own(id, who);
  }

  /** What reads the file from its start, each time. */
  async opened(id: string): Promise<() => AsyncIterable<Uint8Array>> {
    const file = await this.#find(id);
    const vault = await this.#vault(file);
    const { sql } = this.#database;
    const { issuer } = this.#context;
    return async function* chunks() {
      for (let number = 1; number <= file.parts; number += 1) {
        const part = await sql.first(parts, match(parts, { issuer, fileId: id, number }));
        if (part === undefined) throw gone();
        yield vault.open(placeOf(number), part.sealed);
      }
    };
  }

  async remove(id: string): Promise<void> {
    const { issuer } = this.#context;
    await this.#database.transaction(async (sql) => {
      await sql.remove(parts, match(parts, { issuer, fileId: id }));
      await sql.remove(files, match(files, { issuer, id }));
    });
  }

  /** Removes files that nobody made a run of. */
  async sweep(): Promise<void> {
    const { issuer, clock } = this.#context;
    const old = await this.#database.sql.selectSome(files, ['id'], (query) =>
      match(files, { issuer })(query)
        .where('created_at', '<', clock.now() - lifeMs)
        .limit(100),
    );
    for (const { id } of old) await this.remove(id);
  }

  async #own(id: string, who: string): Promise<FileRow> {
    const file = await this.#find(id);
    if (file.who !== who) throw gone();
    return file;
  }

  async #find(id: string): Promise<FileRow> {
    const { issuer } = this.#context;
    const file = await this.#database.sql.first(files, match(files, { issuer, id }));
    if (file === undefined) throw gone();
    return file;
  }

  #vault({ id, wrappedKey, keyId }: FileRow): Promise<RunVault> {
    return openRunVault(this.#context, id, { wrappedKey, keyId });
  }
}

function placeOf(number: number): string {
  return `part ${number}`;
}
