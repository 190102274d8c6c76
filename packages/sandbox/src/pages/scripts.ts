import { Html } from './html.ts';

/**
 * Continues from a link of SEEK Pass to the page behind it. What the link says stands in its hash, which no browser sends to a
 * server: a script is the only way to read it. Says what is wrong when the hash is missing or damaged.
 */
export const openLinkScript = new Html(`
const opening = document.getElementById('opening');
const broken = document.getElementById('broken');
const open = () => {
  const parts = new URLSearchParams(location.hash.slice(1));
  const content = parts.get('content');
  if (content === null || content === '') {
    opening.hidden = true;
    broken.hidden = false;
    document.title = broken.dataset.title;
    broken.querySelector('h1').focus();
    return;
  }
  const query = new URLSearchParams({ clientId: parts.get('clientId') ?? '' });
  location.replace(opening.dataset.next + encodeURIComponent(content) + '?' + query);
};
addEventListener('hashchange', open);
open();
`);

/**
 * Keeps the list of a page fresh while somebody looks at it and wants it: asks for the page again every two seconds, swaps
 * the list when it differs, keeps the focus, and tells screen readers what is new.
 */
export const freshListScript = new Html(`
const list = document.getElementById('fresh');
const wish = document.getElementById('fresh-wish');
const told = document.getElementById('fresh-told');
wish.closest('label').hidden = false;
const refresh = async () => {
  if (!wish.checked || document.visibilityState !== 'visible') return;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  // A template is inert: its style and script are neither run nor reported.
  const page = document.createElement('template');
  page.innerHTML = await answer.text();
  const next = page.content.getElementById('fresh');
  if (next === null || next.innerHTML === list.innerHTML) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.id : '';
  list.replaceChildren(...next.childNodes);
  told.textContent = next.dataset.told;
  if (focused !== '') document.getElementById(focused)?.focus();
};
setInterval(() => refresh().catch(() => {}), 2000);
`);
