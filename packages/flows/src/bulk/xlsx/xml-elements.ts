import sax from 'sax';
import { BulkError } from '../bulk-error.ts';
import { badWorkbook, brokenWorkbook } from './bad-workbook.ts';

/** Told about the elements of an XML part, in their order. Names come without a prefix. */
export interface ElementHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** A piece of text; a long text comes in several. */
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Far above what a workbook has; an element nested for ever would fill the memory. */
const mostOpenElements = 64;
const mostAttributes = 64;

/**
 * Reads an XML part piece by piece; after each, what `handlers` noticed can be taken. No document type and no entity but the five of
 * XML (security rule 19); what has no end (a comment, a tag, a name) ends at 64 KiB.
 *
 * @throws {BulkError} `bad_workbook`
 */
export async function* readElements(
  chunks: AsyncIterable<Uint8Array>,
  handlers: ElementHandlers,
): AsyncGenerator<void, void, undefined> {
  const parser = makeParser(handlers);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
    yield;
  } catch (error) {
    throw BulkError.is(error) ? error : brokenWorkbook(error);
  }
}

/** Reads a whole XML part. */
export async function readAllElements(
  chunks: AsyncIterable<Uint8Array>,
  handlers: ElementHandlers,
): Promise<void> {
  for await (const _ of readElements(chunks, handlers));
}

function makeParser({ open, text, close }: ElementHandlers): sax.SAXParser {
  // It counts positions to know when a buffer has grown too long: leave that on.
  const settings = { position: true, strictEntities: true };
  const parser = sax.parser(true, settings);
  let depth = 0;
  let attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  let count = 0;
  const events: Partial<sax.SAXParser> = {
    onerror(error) {
      throw error;
    },
    ondoctype: refuseDeclaration,
    onsgmldeclaration: refuseDeclaration,
    onattribute({ name, value }) {
      count += 1;
      if (count > mostAttributes) throw brokenWorkbook();
      attributes[localName(name)] = value;
    },
    onopentag({ name }) {
      depth += 1;
      if (depth > mostOpenElements) throw brokenWorkbook();
      open?.(localName(name), attributes);
      attributes = Object.create(null) as Record<string, string>;
      count = 0;
    },
    onclosetag(name) {
      depth -= 1;
      close?.(localName(name));
    },
    ...(text === undefined ? {} : { ontext: text, oncdata: text }),
  };
  return Object.assign(parser, events);
}

function refuseDeclaration(): never {
  throw badWorkbook(
    'The workbook declares XML entities or a document type, which Excel never does: it is not read.',
  );
}

/** Some programs write `x:row` for `row`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
