import 'reflect-metadata';
import {
  Controller,
  Get,
  Inject,
  type INestApplication,
  Param,
  Post,
  Query,
  Redirect,
  Req,
  Res,
} from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { AddFlow } from '@seek-pass-kit/flows';
import { claimRedirect, type ClaimPagesSettings, getAddFlowToken } from '../../src/index.ts';
import type { TestSeekPass } from '../../src/testing/index.ts';
import { testOrigin } from '../../src/testing/test-options.ts';
import { openApp, openSeekPass } from '../http/open-app.ts';
import { sampleCredential } from '../sample-credential.ts';
import { Browser } from './browser.ts';

/** Who signs in to a portal, and how its own session knows them. */
export interface PortalUser {
  readonly id: string;
  readonly email: string;
  readonly actingStaff?: string;
}

export const lan: PortalUser = { id: 'sis:104233', email: 'lan@example.edu' };
export const users: Readonly<Record<string, PortalUser>> = {
  lan,
  /** Somebody else who has the same mailbox. */
  twin: { id: 'sis:104234', email: 'lan@example.edu' },
  staff: { ...lan, actingStaff: 'staff-7' },
};

/** How the application signs somebody in, or out: what its own controllers do. A method: each knows the request of its own server. */
export type SignIn = {
  call(request: object, user: PortalUser | undefined, reply: Reply): Promise<void>;
}['call'];

/** A response of Express or a reply of Fastify. */
export interface Reply {
  header(name: string, value: string): unknown;
}

export interface PortalParts {
  readonly adapter: AbstractHttpAdapter;
  readonly claimPages: ClaimPagesSettings;
  readonly signIn: SignIn;
  readonly main?: (app: INestApplication) => unknown;
}

/** Where the portal signs people in. */
export const signInUrl = (returnTo: string): string =>
  `${testOrigin}/portal/sign-in?back=${encodeURIComponent(new URL(returnTo).pathname)}`;

/** A portal whose students have an account, with claim pages. */
export async function openPortal({ adapter, claimPages, signIn, main = () => undefined }: PortalParts) {
  const logged: object[] = [];
  const seekPass: TestSeekPass = await openSeekPass();

  @Controller('portal')
  class PortalController {
    readonly #flow: AddFlow;

    constructor(@Inject(getAddFlowToken()) flow: AddFlow) {
      this.#flow = flow;
    }

    @Get('sign-in')
    form(@Query('back') back: string) {
      return `<h1>Sign in</h1><form method="post" action="/portal/sign-in?back=${encodeURIComponent(back)}"></form>`;
    }

    @Post('sign-in')
    @Redirect()
    async signIn(
      @Req() request: object,
      @Res({ passthrough: true }) reply: Reply,
      @Query('as') as: string,
      @Query('back') back = '/portal',
    ) {
      await signIn(request, users[as], reply);
      return { url: back, statusCode: 303 };
    }

    @Get()
    async home() {
      return `<h1>Portal</h1>`;
    }

    @Post('awards/:awardId/add')
    @Redirect()
    add(@Param('awardId') awardId: string) {
      return claimRedirect(this.#flow, awardId);
    }
  }

  const log = (level: string) => (line: unknown) => logged.push({ level, ...Object(line) });
  const registration = seekPass.options({
    claimPages,
    logger: { log: log('log'), warn: log('warn'), error: log('error'), debug: log('debug') },
  });
  const { app, url } = await openApp({
    adapter,
    registrations: [registration],
    module: { controllers: [PortalController] },
    main: (made) => void main(made),
  });
  const flow = app.get<AddFlow>(getAddFlowToken());
  return {
    seekPass,
    app,
    url,
    flow,
    logged,
    browser: () => new Browser(url, testOrigin),
    /** What was logged as a failure. */
    faults: () => logged.filter((line) => 'level' in line && line.level === 'error'),
    submissions: () => seekPass.sandbox.control.submissions.list(),
    async award(key = '2026/WELD/104233'): Promise<string> {
      const result = await flow.award(
        {
          key,
          recipient: { fullName: 'Nguyễn Thị Lan', email: lan.email, subject: lan.id },
          credential: sampleCredential,
        },
        { runId: 'r1', who: 'staff-7' },
      );
      if (result.result === 'refused') throw new Error(JSON.stringify(result.problems));
      return result.awardId;
    },
  };
}

export type Portal = Awaited<ReturnType<typeof openPortal>>;
