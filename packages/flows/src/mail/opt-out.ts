import { claimability } from '../awards/award-facts.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { chooseLocale } from '../languages/choose-locale.ts';
import { type Html, html } from '../pages/html.ts';
import { framed } from '../pages/layout.ts';
import { speaking } from '../pages/page-texts.ts';
import { styleHash } from '../pages/style-sheet.ts';
import { markedWords } from './letter/words.ts';
import { mailHistory } from './mail-history.ts';
import { type MailTexts, mailTexts } from './mail-texts.ts';
import { recipientOfOptOut } from './opt-out-link.ts';

/**
 * Answers at `{claimBaseUrl}/opt-out/…`, where reminders are stopped. Opening the link changes nothing, since mail scanners
 * open every link; its button does, and so does the one click of a mail reader (RFC 8058), which posts without cookies and
 * from nowhere: the token in the address is what allows it, and all that it allows.
 */
export function createOptOutHandler(context: FlowContext): (request: Request) => Promise<Response> {
  return async (request) => {
    const recipientId = recipientOfOptOut(context, new URL(request.url).pathname);
    const page = (name: OptOutPage, status: number) => answer(context, request, name, status);
    if (recipientId === undefined) return page('unknown', 404);
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return page('ask', 200);
      case 'POST':
        return page((await stopReminders(context, recipientId)) ? 'done' : 'unknown', 200);
      default:
        return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, POST' } });
    }
  };
}

/** `false`: there is no such recipient. */
async function stopReminders(context: FlowContext, recipientId: string): Promise<boolean> {
  const { issuer, store, clock } = context;
  return decideAnew(store, async (tx) => {
    const recipient = await tx.keepRecipient(issuer, recipientId);
    if (recipient === undefined) return false;
    const { emailHash } = recipient;
    const mutes = await tx.mutesOf(issuer, emailHash);
    if (mutes.some((mute) => mute.mutes === 'reminders')) return true;
    const at = clock.now();
    await tx.putMute({ issuer, emailHash, mutes: 'reminders', reason: 'opted_out', at, who: 'learner' });
    const awards = await tx.awardsOfRecipient(issuer, recipientId);
    const awardIds = awards.filter(({ facts }) => claimability(facts) === 'yes').map(({ id }) => id);
    await tx.appendHistory(
      mailHistory(context, { awardIds }, 'reminders_stopped', 'by the link in a mail', 'learner'),
    );
    return true;
  });
}

type OptOutPage = 'ask' | 'done' | 'unknown';

function answer(
  { brand, defaultLocale }: FlowContext,
  request: Request,
  page: OptOutPage,
  status: number,
): Response {
  const accepted = request.headers.get('accept-language') ?? undefined;
  const locale = chooseLocale({ acceptLanguage: accepted, fallback: defaultLocale });
  const texts = mailTexts[locale];
  const say = (key: keyof MailTexts): Html => markedWords({ text: texts[key], own: { brand: brand.name } });
  const pen = { say: speaking(locale), frame: { brand, locale, languages: [] } };
  const body = framed(pen, { title: say('optOutTitle'), main: mainOf(page, say) });
  return new Response(request.method === 'HEAD' ? null : body, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      vary: 'Accept-Language',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src ${styleHash(brand)}; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    },
  });
}

function mainOf(page: OptOutPage, say: (key: keyof MailTexts) => Html): Html {
  switch (page) {
    case 'ask':
      // Posts to its own address.
      return html`<p>${say('optOutAsk')}</p>
<p>${say('optOutKeeps')}</p>
<form method="post"><button>${say('optOutButton')}</button></form>`;
    case 'done':
      return html`<p role="status">${say('optOutDone')}</p>
<p>${say('optOutKeeps')}</p>`;
    case 'unknown':
      return html`<p>${say('optOutUnknown')}</p>`;
  }
}
