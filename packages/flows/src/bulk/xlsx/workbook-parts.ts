import { posix } from 'node:path';
import { badWorkbook, brokenWorkbook } from './bad-workbook.ts';
import { readAllElements } from './xml-elements.ts';
import type { ZipParts } from './zip-parts.ts';

/** What a workbook says about itself. */
export interface WorkbookParts {
  readonly epoch: 1900 | 1904;
  /** In the order of their tabs. */
  readonly sheets: readonly SheetPart[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
}

/** A sheet and the part that holds it. */
export interface SheetPart {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: string;
}

interface Relation {
  readonly type: string;
  readonly part: string;
}

/** Reads which parts a workbook has. */
export async function readWorkbook(zip: ZipParts): Promise<WorkbookParts> {
  const roots = await readRelations(zip, '');
  const main = [...roots.values()].find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined)
    throw badWorkbook('The file is a ZIP archive and no workbook: save the sheet as .xlsx.');
  const relations = await readRelations(zip, main);
  const found: Array<{ name: string; id: string; isHidden: boolean }> = [];
  let epoch: 1900 | 1904 = 1900;
  await readAllElements(partOf(zip, main), {
    open(element, { name = '', id = '', state = 'visible', date1904 }) {
      if (element === 'workbookPr' && isTrue(date1904)) epoch = 1904;
      if (element === 'sheet') found.push({ name, id, isHidden: state !== 'visible' });
    },
  });
  const only = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
  return {
    epoch,
    sheets: found.flatMap(({ name, id, isHidden }) => {
      const { type, part } = relations.get(id) ?? {};
      return type === 'worksheet' && part !== undefined ? [{ name, isHidden, part }] : [];
    }),
    sharedStrings: only('sharedStrings'),
    styles: only('styles'),
  };
}

/** The bytes of a part that must be there. */
export function partOf(zip: ZipParts, part: string): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = zip.read(part);
  if (bytes === undefined) throw brokenWorkbook();
  return bytes;
}

/** How XML Schema writes a yes. */
export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** What a part refers to, by id. The type is the last word of its long name. */
async function readRelations(zip: ZipParts, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part);
  const bytes = zip.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  const relations = new Map<string, Relation>();
  if (bytes === undefined) return relations;
  await readAllElements(bytes, {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      // What lies outside of the workbook is never asked for.
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: target });
    },
  });
  return relations;
}
