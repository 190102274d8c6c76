import type { ControlApi } from '../../control/control-api.ts';
import { seeOther } from '../../http/message.ts';
import type { Route, SandboxRequest, SandboxResponse } from '../../http/message.ts';
import type { Mail } from '../../world/mailbox.ts';
import type { Random } from '../../world/random.ts';
import { renderer } from '../layout.ts';
import { emptyInboxPage, inboxPage, mailPage, noMailPage } from './inbox-pages.ts';

/** What the inbox works on. */
export interface InboxParts {
  readonly mails: ControlApi['mails'];
  readonly random: Random;
  /** The address of the list; its path is secret. */
  readonly inboxUrl: string;
}

/** The inbox: every mail of the sandbox, its own log-in codes and what came in by SMTP. Paths are without the secret prefix. */
export function inboxRoutes({ mails, random, inboxUrl }: InboxParts): readonly Route[] {
  const home = new URL(inboxUrl).pathname;
  const page = renderer({ name: 'Sandbox inbox', home, wide: true }, random);
  const withMail = (answer: (mail: Mail) => SandboxResponse) => (request: SandboxRequest) => {
    // Not `read`: that throws, and an answer here is a page.
    const mail = mails.list().find((one) => one.mailId === request.params['id']);
    return mail === undefined ? page(noMailPage(home)) : answer(mail);
  };
  return [
    { method: 'GET', path: '/inbox/', handle: () => page(inboxPage(mails.list(), home)) },
    { method: 'GET', path: '/inbox/:id', handle: withMail((mail) => page(mailPage(mail, home))) },
    { method: 'GET', path: '/inbox/:id/html', handle: withMail(mailHtml) },
    { method: 'GET', path: '/inbox/empty', handle: () => page(emptyInboxPage(home)) },
    {
      method: 'POST',
      path: '/inbox/empty',
      handle: () => {
        mails.clear();
        return seeOther(home);
      },
    },
  ];
}

/**
 * The HTML part of a mail, for the frame on its page: a stranger's markup. The policy gives it no origin, no script, no form, and lets it
 * load nothing; its links open in a new tab, without a referrer that would tell the secret path.
 */
function mailHtml(mail: Mail): SandboxResponse {
  return {
    status: mail.html === undefined ? 404 : 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: `<!doctype html><base target="_blank">${mail.html ?? ''}`,
  };
}
