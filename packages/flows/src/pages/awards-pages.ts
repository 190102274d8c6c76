import type { ListedAward, PageNamed } from './claim-page.ts';
import { type Html, html } from './html.ts';
import { type DrawnPage, formOf, helpEmailIn, institutionIn, type Pen } from './layout.ts';
import { writtenDate } from './written-date.ts';

/** Everything of one proven recipient. */
export function awardsPage(pen: Pen, { awards, opened, signOut }: PageNamed<'awards'>): DrawnPage {
  const { say } = pen;
  const institution = institutionIn(pen);
  const claimable = awards.some(({ add }) => add !== undefined);
  return {
    title: say('awardsTitle'),
    main: html`${opened === 'withdrawn' && html`<p class="note warn">${say('awardsOpenedWithdrawn', { institution })}</p>`}
${opened === 'superseded' && html`<p class="note warn">${say('awardsOpenedSuperseded')}</p>`}
${awards.length === 0 && html`<p>${say('awardsNone')}</p>`}
${claimable && html`<p class="note">${say('awardsKeeper')}</p>`}
${awards.map((award, at) => listed(pen, award, at))}
${claimable && appNote(pen)}
${formOf(signOut, html`<button class="second">${say('signOut')}</button>`)}`,
  };
}

/** Asks once more before something is added that was added, declined or not finished before. */
export function againPage(pen: Pen, { award, back }: PageNamed<'again'>): DrawnPage {
  const { say } = pen;
  return {
    title: say('againTitle'),
    main: html`<p class="note warn">${whyAsked(pen, award)}</p>
<div class="card">
<h2><bdi>${award.title}</bdi></h2>
${particulars(pen, award)}
<p class="quiet">${nameWrong(pen)}</p>
<p>${say('awardsKeeper')}</p>
${award.add !== undefined && formOf(award.add, html`<button>${say('againButton')}</button>`)}
<a class="button second" href="${back}">${say('againBack')}</a>
</div>
${appNote(pen)}`,
  };
}

/** The browser goes on from here by itself; whoever has switched that off uses the link. */
export function loadingPage(pen: Pen, { title, redirectUri }: PageNamed<'loading'>): DrawnPage {
  const { say } = pen;
  return {
    title: say('loadingTitle'),
    main: html`<p>${say('loadingLead', { credential: html`<bdi>${title}</bdi>` })}</p>
${appNote(pen)}
<a class="button" href="${redirectUri}">${say('loadingButton')}</a>`,
  };
}

/** What SEEK Pass asks for afterwards; no status tells when it was not done. */
function appNote({ say }: Pen): Html {
  return html`<div class="note"><h2>${say('awardsAppTitle')}</h2><p>${say('awardsApp')}</p></div>`;
}

function listed(pen: Pen, award: ListedAward, at: number): Html {
  return html`<article class="card">
<span class="standing">${standing(pen, award)}</span>
<h2 id="title-${at}"><bdi>${award.title}</bdi></h2>
${particulars(pen, award)}
${more(pen, award)}
${adding(pen, award, at)}
</article>
`;
}

/** What leads on from a listed award. Its title is part of the button's name, so that many buttons can be told apart. */
function adding(pen: Pen, { add, standing: now }: ListedAward, at: number): Html | undefined {
  if (add === undefined) return undefined;
  const text = add.again ? 'awardAddAgain' : now === 'started' ? 'awardContinue' : 'awardAdd';
  const button = html`<button id="add-${at}" aria-labelledby="add-${at} title-${at}"${add.again && html` class="second"`}>${pen.say(text)}</button>`;
  return html`<p class="quiet">${nameWrong(pen)}</p>
${formOf(add, button)}`;
}

function particulars({ say, frame }: Pen, award: ListedAward): Html {
  return html`<dl>
<div><dt>${say('awardName')}</dt><dd><bdi>${award.fullName}</bdi></dd></div>
<div><dt>${say('awardIssuer')}</dt><dd><bdi>${award.issuerName}</bdi></dd></div>
${award.date !== undefined && html`<div><dt>${say('awardDate')}</dt><dd><time datetime="${award.date}">${writtenDate(award.date, frame.locale)}</time></dd></div>`}
</dl>`;
}

function nameWrong(pen: Pen): Html {
  const helpEmail = helpEmailIn(pen);
  return helpEmail === undefined
    ? pen.say('awardNameWrongWithoutAddress', { institution: institutionIn(pen) })
    : pen.say('awardNameWrong', { helpEmail });
}

function standing(pen: Pen, award: ListedAward): Html {
  const { say } = pen;
  switch (award.standing) {
    case 'ready':
      return say('standingReady');
    case 'started':
      return say('standingStarted');
    case 'added':
      return say('standingAdded');
    case 'declined':
      return say('standingDeclined');
    case 'closed':
      return say('standingClosed');
    case 'paused':
      return say('standingPaused');
    case 'needs_mending':
      return say('standingNeedsMending');
    case 'withdrawn':
      return say('standingWithdrawn', { institution: institutionIn(pen) });
  }
}

function more(pen: Pen, award: ListedAward): Html | undefined {
  const institution = institutionIn(pen);
  if (award.standing === 'paused') return html`<p>${pen.say('standingPausedMore', { institution })}</p>`;
  if (award.standing === 'needs_mending')
    return html`<p>${pen.say('standingNeedsMendingMore', { institution })}</p>`;
  return undefined;
}

function whyAsked({ say }: Pen, award: ListedAward): Html {
  if (award.standing === 'added') return say('againAdded');
  return say(award.standing === 'declined' ? 'againDeclined' : 'againClosed');
}
