import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { type ArgumentsHost, Catch, type INestApplication } from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddFlow } from '@seek-pass-kit/flows';
import express from 'express';
import morgan from 'morgan';
import { Logger, LoggerModule } from 'nestjs-pino';
import { describe, expect, test } from 'vitest';
import { getAddFlowToken } from '../../src/index.ts';
import { claimLinkOf } from '../../src/testing/index.ts';
import { PageBrowser } from '../../src/testing/page-browser.ts';
import { sampleCredential } from '../sample-credential.ts';
import { openApp, openSeekPass } from './open-app.ts';

const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu', subject: 'sis:104233' };

/** Everything that loggers of an application wrote. */
function openLog() {
  const lines: string[] = [];
  const write = (line: unknown): void => void lines.push(String(line));
  const stream = new Writable({
    write(chunk, _encoding, done) {
      write(chunk);
      done();
    },
  });
  return { lines, write, stream };
}

type Log = ReturnType<typeof openLog>;

/** Writes a line when the answer is out, as request loggers do that want its status. */
const lateLogger =
  ({ write }: Log) =>
  (
    request: { readonly url: string; readonly originalUrl?: string },
    response: { once(event: string, heard: () => void): void },
    next: () => void,
  ): void => {
    response.once('close', () => write(`late ${request.originalUrl ?? request.url} ${request.url}`));
    next();
  };

/** Servers with every logger that people put into them. */
const servers: ReadonlyArray<readonly [string, (log: Log) => ExpressAdapter | FastifyAdapter]> = [
  [
    'Express, with a logger that was there before Nest',
    (log) => {
      const instance = express();
      instance.use(lateLogger(log));
      instance.use(morgan('combined', { stream: { write: log.write } }));
      return new ExpressAdapter(instance);
    },
  ],
  [
    'Fastify, its own logger at its most talkative',
    (log) => {
      const adapter = new FastifyAdapter({
        logger: { level: 'trace', stream: log.stream },
        frameworkErrors(_error: unknown, _request: unknown, reply: { readonly raw: ServerResponse }) {
          reply.raw.writeHead(400).end();
        },
      });
      adapter.getInstance().addHook('onResponse', async ({ url, originalUrl }, { statusCode }) => {
        log.write(`hook ${url} ${originalUrl} ${statusCode}`);
      });
      return adapter;
    },
  ],
];

async function openTalkative(adapter: (log: Log) => ExpressAdapter | FastifyAdapter) {
  const log = openLog();
  const seekPass = await openSeekPass();

  /** What tools that report errors do: they write the URL and the message of whatever comes up. */
  @Catch()
  class ReportingFilter extends BaseExceptionFilter {
    override catch(error: unknown, host: ArgumentsHost): void {
      log.write(`filter ${host.switchToHttp().getRequest<{ url: string }>().url} ${String(error)}`);
      // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- Of a filter, not of a promise.
      super.catch(error, host);
    }
  }

  const { app, url } = await openApp({
    adapter: adapter(log),
    registrations: [
      seekPass.options({ claimPages: { proof: { linkAlone: 'sandbox' }, guardian: async () => true } }),
    ],
    module: {
      imports: [LoggerModule.forRoot({ pinoHttp: [{ level: 'trace' }, log.stream] })],
      providers: [{ provide: APP_FILTER, useClass: ReportingFilter }],
    },
    options: { bufferLogs: true },
    main(made: INestApplication) {
      made.useLogger(made.get(Logger));
      made.use(morgan('combined', { stream: { write: log.write } }));
      made.use(lateLogger(log));
    },
  });
  const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
  await flow.award(
    { key: 'award-1', recipient, credential: sampleCredential },
    { runId: 'run-1', who: 'system' },
  );
  await seekPass.runDue(app);
  const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
  const addresses: string[] = [];
  const browser = new PageBrowser(async (request) => {
    addresses.push(request.url);
    const { pathname, search } = new URL(request.url);
    const body = request.method === 'POST' ? await request.text() : undefined;
    return fetch(url + pathname + search, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
  });
  return { seekPass, log, url, link, token: link.split('/').at(-1) ?? '', browser, addresses };
}

describe.each(servers)('security rule 5: %s', (_name, adapter) => {
  test('from a claim link to SEEK Pass neither a log nor a later address holds the token', async () => {
    const { seekPass, log, url, link, token, browser, addresses } = await openTalkative(adapter);
    expect(token).toHaveLength(43);
    let page = await browser.open(link);
    for (const button of [/\/proof$/, /\/add(\?|$)/]) page = (await browser.press(page, button)) ?? page;
    expect(page.headers.get('refresh')).toContain('/partner/add/');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(seekPass.sandbox.control.submissions.list()).toHaveLength(1);
    const [first, ...later] = addresses;
    expect(first).toBe(link);
    expect(later.length).toBeGreaterThan(2);
    expect(later.join(' ')).not.toContain(token);
    // The loggers do work.
    await fetch(`${url}/elsewhere?of=the-application`);
    expect(log.lines.join('\n')).toContain('/elsewhere?of=the-application');
    expect(log.lines.join('\n')).not.toContain(token);
  });

  test('nor does one of a link that is broken, unknown, or asked for in other ways', async () => {
    const { log, url, link, token } = await openTalkative(adapter);
    const { pathname } = new URL(link);
    // Some proxies and mail filters write links anew.
    const rewritten = [
      `/${pathname}`,
      pathname.replace('/claim/', '/claim//'),
      pathname.replace('/claim/', '/Claim/'),
      pathname.replace('/claim/', '/%63laim/'),
      pathname.replace('/claim/', '/claim%2F'),
    ];
    const unknown = pathname.replace(/[^/]+\/([^/]+)$/, 'AAAAAAAAAAAAAAAAAAAAAA/$1');
    for (const path of [
      `${pathname}/more`,
      `${pathname}?utm_source=mail`,
      `${pathname}%`,
      `${pathname}.`,
      unknown,
      ...rewritten,
    ]) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'PURGE'])
        await fetch(url + path, { method });
    }
    expect(log.lines.join('\n')).not.toContain(token);
  });
});
