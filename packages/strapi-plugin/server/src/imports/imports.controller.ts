import { credentialTypes } from '@seek-pass-kit/core';
import {
  BulkError,
  fieldColumns,
  guessMapping,
  mappingFromYaml,
  mappingToYaml,
} from '@seek-pass-kit/flows/bulk';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import { type ImportColumns, importPartBytes } from '../../../contract/imports.ts';
import { whoAsks } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { columnMapping, fileReading, runId } from '../runs/run-requests.ts';
import { ImportFiles } from './import-files.ts';

/** Base64 is longer by a third. */
const part = z.strictObject({
  number: z.number().int().min(1).max(1_000),
  data: z.base64().max(Math.ceil(importPartBytes / 3) * 4),
});
const columnsQuery = z.strictObject({
  type: z.enum(credentialTypes),
  /** A mapping that was saved, in the place of a guess. */
  yaml: z.string().max(20_000).optional(),
  ...fileReading,
});

/** What the import wizard asks before its run begins. */
export function importsController({ strapi }: { readonly strapi: Core.Strapi }) {
  const files = () => new ImportFiles(strapi, serviceOf(strapi, 'connection').required().addFlow.context);
  return {
    async begin(context: Context) {
      context.body = await files().begin(whoAsks(context));
      context.status = 201;
    },

    async addPart(context: Context) {
      const { number, data } = readInput(part, context.request.body);
      context.body = await files().add(idOf(context), whoAsks(context), number, Buffer.from(data, 'base64'));
    },

    async columns(context: Context) {
      const { type, yaml, ...reading } = readInput(columnsQuery, context.request.body);
      const id = idOf(context);
      await files().check(id, whoAsks(context));
      const open = await files().opened(id);
      context.body = await inWords(async (): Promise<ImportColumns> => {
        const fields = fieldColumns[type];
        if (fields === undefined)
          throw new errors.ApplicationError(
            'Credentials of this type do not fit into rows: issue them from entries.',
          );
        const guess = await guessMapping(open(), { ...reading, type });
        const mapping = yaml === undefined ? guess.mapping : mappingFromYaml(yaml);
        if (mapping.type !== type)
          throw new errors.ApplicationError(
            `The saved columns are for ${mapping.type}: choose that type, or other columns.`,
          );
        return {
          titles: guess.titles,
          fields: [
            { name: 'key', required: true },
            { name: 'email', required: true },
            ...fields.map(({ name, required }) => ({ name, required })),
            ...optionalColumns.map((name) => ({ name, required: false })),
          ],
          guess: mapping,
          yaml: mappingToYaml(mapping),
        };
      });
    },

    /** A mapping as the text of a file, to be saved. */
    async yaml(context: Context) {
      const { dateFormat, ...mapping } = readInput(columnMapping, context.request.body);
      context.body = { yaml: mappingToYaml(dateFormat === undefined ? mapping : { ...mapping, dateFormat }) };
    },

    async remove(context: Context) {
      const id = idOf(context);
      await files().check(id, whoAsks(context));
      await files().remove(id);
      context.status = 204;
    },
  };
}

const optionalColumns = ['locale', 'email_verified', 'minor', 'document_type', 'document', 'partner_chain'];

/** What is wrong with a file is for the person who gave it. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (BulkError.is(error)) throw new errors.ApplicationError(error.message);
    throw error;
  }
}

function idOf(context: Context): string {
  return readInput(runId, (context['params'] as { readonly id?: unknown }).id);
}
