import type { IncomingMessage } from 'node:http';
import {
  BadRequestException,
  createParamDecorator,
  type ExecutionContext,
  HttpException,
  InternalServerErrorException,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';

/**
 * The content type under which OpenCerts are sent to your own routes, a name of this kit: no body parser takes it, so that a large body
 * is read only after the guards of the route have let the request through.
 */
export const openCertMediaType = 'application/vnd.opencert+json';

/** Settings of {@link OpenCertBody}. */
export interface OpenCertBodyOptions {
  /** A longer one is answered with 413. Default 2,097,152 bytes, as `checkOpenCert` has it. */
  readonly maxBytes?: number;
}

/**
 * The OpenCert in the body of a request, as text: `issue(@OpenCertBody() openCert: string)`. It may be far longer than the usual limit
 * of bodies, so it is read by this parameter and not by a parser: after the guards. Put it only on routes that demand a sign-in. The
 * request has the content type {@link openCertMediaType}; otherwise the answer is 415. Whether it is an OpenCert is for `checkOpenCert`.
 */
export const OpenCertBody = createParamDecorator(
  ({ maxBytes = 2_097_152 }: OpenCertBodyOptions = {}, context: ExecutionContext): Promise<string> =>
    readOpenCert(rawRequest(context), maxBytes).catch((error: unknown) => {
      // The rest of the body is not read: the connection cannot be used again.
      context
        .switchToHttp()
        .getResponse<{ header(name: string, value: string): unknown }>()
        .header('connection', 'close');
      throw error;
    }),
) as (options?: OpenCertBodyOptions) => ParameterDecorator;

/** What of a Nest application is needed here. */
export interface ParsingApplication {
  getHttpAdapter(): { getType(): string; getInstance(): unknown };
}

/**
 * Lets bodies of {@link openCertMediaType} through to {@link OpenCertBody}, unread. Call it in `main.ts` before the application listens;
 * Fastify answers 415 without it. Express needs nothing.
 */
export function acceptOpenCertBodies(app: ParsingApplication): void {
  const adapter = app.getHttpAdapter();
  if (adapter.getType() !== 'fastify') return;
  const fastify = adapter.getInstance() as {
    hasContentTypeParser(type: string): boolean;
    addContentTypeParser(
      type: string,
      parser: (request: unknown, body: unknown, done: (error: null) => void) => void,
    ): void;
  };
  if (fastify.hasContentTypeParser(openCertMediaType)) return;
  fastify.addContentTypeParser(openCertMediaType, (_request, _body, done) => done(null));
}

/** Fastify's request has the one of `node:http` inside; Express's is one. */
function rawRequest(context: ExecutionContext): IncomingMessage {
  const request = context.switchToHttp().getRequest<IncomingMessage & { readonly raw?: IncomingMessage }>();
  return request.raw ?? request;
}

async function readOpenCert(request: IncomingMessage, maxBytes: number): Promise<string> {
  const { headers } = request;
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== openCertMediaType || headers['content-encoding'] !== undefined) {
    throw new UnsupportedMediaTypeException(
      `Send the OpenCert as ${openCertMediaType}, without an encoding.`,
    );
  }
  if (request.readableDidRead) {
    throw new InternalServerErrorException('A body parser took the OpenCert before its route.');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let read = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Uint8Array;
      read += bytes.byteLength;
      if (read > maxBytes) throw tooLarge(maxBytes);
      chunks.push(bytes);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof HttpException) throw error;
    throw new BadRequestException('The OpenCert did not come whole, or is no text in UTF-8.');
  }
}

function tooLarge(maxBytes: number): PayloadTooLargeException {
  return new PayloadTooLargeException(`The OpenCert is longer than ${maxBytes} bytes.`);
}
