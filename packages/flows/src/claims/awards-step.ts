import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { awardsPath, formTo, stepPath } from './claim-paths.ts';
import { findSession, isProved } from './claim-session.ts';
import { refuseSuccessor } from './host-person.ts';
import { knownRecipient } from './known-recipient.ts';
import { listedAwards } from './listed-awards.ts';
import { seeOther } from './page-answers.ts';
import { languageOf } from './page-language.ts';

/** GET: everything of the recipient who was proved in this browser. */
export async function awardsStep(visit: Visit): Promise<Response> {
  const { desk, url } = visit;
  const { issuer, store } = desk.context;
  const session = await findSession(visit);
  if (session === undefined) return problemAnswer(visit, 'link_expired');
  if (!isProved(session)) return seeOther(visit, stepPath(desk, session.award.id, 'facts'));
  const recipient = await knownRecipient(desk.context, session.row.recipientId);
  if (recipient === undefined) return problemAnswer(visit, 'unknown_link');
  const refused = await refuseSuccessor(visit, session, recipient);
  if (refused !== undefined) return refused;

  const all = await store.read.awardsOfRecipient(issuer, session.row.recipientId);
  const named = url.searchParams.get('opened');
  const opened = all.find(({ id }) => id === named) ?? session.award;
  const { locale: personLocale } = recipient.person;
  const locale = languageOf(visit, personLocale);
  const awards = await listedAwards(visit, session, recipient, all, opened.id, locale);
  const { linkClosure } = opened.facts;
  return pageAnswer(
    visit,
    {
      page: 'awards',
      awards,
      ...(linkClosure === undefined ? {} : { opened: linkClosure }),
      signOut: formTo(desk, `${desk.basePath}/sign-out`, session.id),
    },
    { here: awardsPath(desk, opened.id), personLocale },
  );
}
