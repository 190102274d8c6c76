import { Html } from './html.ts';

/**
 * The look of all pages: phone first, light and dark by the reader's setting, system fonts, nothing loaded. Text contrast is
 * at least 4.5, borders of fields at least 3, and everything to press is at least 24 pixels high, mostly 44.
 */
export const stylesheet = new Html(`
:root {
  color-scheme: light dark;
  --page: #f4f6f5; --card: #ffffff; --ink: #17211d; --quiet: #4b5852; --line: #d5dcd8; --edge: #74827b;
  --act: #0b5d4b; --act-hover: #084637; --on-act: #ffffff; --soft: #e3f0eb;
  --alert: #a3190f; --alert-soft: #fdecea; --warn: #6b4300; --warn-soft: #fff3d9;
  --band: #ffd54a; --on-band: #2b2000;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101513; --card: #19201d; --ink: #e8eeeb; --quiet: #adbab4; --line: #2f3a35; --edge: #7f8e87;
    --act: #7fd6bd; --act-hover: #a5e5d2; --on-act: #06251d; --soft: #1d332c;
    --alert: #ff9d92; --alert-soft: #3a1a17; --warn: #ffd27a; --warn-soft: #33280f;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, p, ul, ol, dl, dd, pre, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.625rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.1875rem; line-height: 1.3; }
h3 { font-size: 1rem; line-height: 1.4; }
a { color: var(--act); text-underline-offset: 0.2em; }
a:hover { color: var(--act-hover); text-decoration-thickness: 2px; }
code, pre, kbd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em; }
pre { white-space: pre-wrap; background: var(--page); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem; max-height: 32rem; overflow: auto; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; border-radius: 0.25rem; }
[hidden] { display: none !important; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 0.5rem; top: -4rem; padding: 0.75rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { top: 0.5rem; }

.band { background: var(--band); color: var(--on-band); font-size: 0.9375rem; }
.band .inner { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; align-items: baseline; justify-content: space-between; padding-block: 0.5rem; }
.band a { color: inherit; font-weight: 600; padding-block: 0.25rem; }
.band :focus-visible { outline-color: var(--on-band); }
.inner, main, .foot { width: 100%; max-width: 38rem; margin-inline: auto; padding-inline: 1rem; }
.wide .inner, .wide main, .wide .foot { max-width: 76rem; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top .inner { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1rem; padding-block: 0.625rem; }
.name { font-weight: 700; color: var(--ink); text-decoration: none; padding-block: 0.375rem; }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; font-size: 0.9375rem; color: var(--quiet); }
.tabs { display: flex; flex-wrap: wrap; gap: 0.25rem; list-style: none; }
.tabs a { display: block; padding: 0.5rem 0.75rem; border-radius: 0.5rem; text-decoration: none; color: var(--ink); }
@media (max-width: 40rem) { .tabs a { padding: 0.375rem 0.5rem; } }
.tabs a:hover { background: var(--page); }
.tabs a[aria-current] { background: var(--soft); font-weight: 600; box-shadow: inset 0 -2px var(--act); }
main { padding-block: 1.5rem 3rem; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
main:focus, h1:focus { outline: none; }
.foot { padding-block: 0 2rem; font-size: 0.875rem; color: var(--quiet); }

.stack { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); }
.stack.tight { gap: 0.25rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.125rem; display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); container-type: inline-size; }
.card > h2 + .quiet { margin-top: -0.5rem; }
.cards { list-style: none; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.lead { font-size: 1.0625rem; }
.quiet { color: var(--quiet); }
.small { font-size: 0.875rem; }
.note { border-inline-start: 4px solid var(--edge); background: var(--card); padding: 0.75rem 1rem; border-radius: 0.25rem; }
.note.warn { border-color: var(--warn); background: var(--warn-soft); }
.note.good { border-color: var(--act); background: var(--soft); }
.wrong { border: 2px solid var(--alert); background: var(--alert-soft); border-radius: 0.5rem; padding: 1rem; display: grid; gap: 0.375rem; }
.wrong h2 { color: var(--alert); }
.wrong ul { list-style: none; }
.wrong a { color: var(--alert); display: inline-block; padding-block: 0.125rem; font-weight: 600; }

.facts { display: grid; gap: 0.625rem; }
.facts > div { display: grid; gap: 0; }
.facts dt { color: var(--quiet); font-size: 0.875rem; }
.facts dd { font-weight: 500; text-align: left; }
.facts ul { list-style: none; display: grid; gap: 0.5rem; }
.facts .part { border-inline-start: 2px solid var(--line); padding-inline-start: 0.75rem; }
@container (min-width: 32rem) {
  .facts > div { grid-template-columns: 12rem minmax(0, 1fr); gap: 1rem; }
  .facts dt { padding-top: 0.0625rem; }
  .facts .facts > div { grid-template-columns: 9rem minmax(0, 1fr); }
}

form { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.field { display: grid; gap: 0.25rem; }
label, legend { font-weight: 600; }
.hint { color: var(--quiet); font-size: 0.9375rem; }
.fault { color: var(--alert); font-weight: 600; font-size: 0.9375rem; }
input:not([type=radio], [type=checkbox]), select, textarea {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: var(--ink); background: var(--card);
  border: 1px solid var(--edge); border-radius: 0.5rem;
}
input[aria-invalid=true] { border: 2px solid var(--alert); }
input.code { font-size: 1.5rem; letter-spacing: 0.25em; max-width: 12rem; font-variant-numeric: tabular-nums; }
input[type=radio], input[type=checkbox] { inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--act); flex: none; }
fieldset { border: 0; display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); }
legend { padding: 0; margin-bottom: 0.5rem; }
.choice { display: flex; gap: 0.75rem; align-items: flex-start; font-weight: 400; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.875rem; background: var(--card); cursor: pointer; }
.choice:has(:checked) { border-color: var(--act); background: var(--soft); box-shadow: inset 0 0 0 1px var(--act); }
.tick { display: inline-flex; gap: 0.5rem; align-items: center; min-height: 2.75rem; font-weight: 400; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; border: 1px solid var(--act); border-radius: 0.5rem; background: var(--act); color: var(--on-act); cursor: pointer;
}
button:hover, .button:hover { background: var(--act-hover); border-color: var(--act-hover); color: var(--on-act); }
.second { background: transparent; color: var(--act); }
.second:hover { background: var(--soft); color: var(--act-hover); border-color: var(--act-hover); }
.danger { background: transparent; color: var(--alert); border-color: var(--alert); }
.danger:hover { background: var(--alert-soft); color: var(--alert); border-color: var(--alert); }
.link { background: none; border: 0; color: var(--act); text-decoration: underline; text-underline-offset: 0.2em; padding: 0 0.25rem; min-height: 2rem; font-weight: 500; }
.link:hover { background: none; color: var(--act-hover); text-decoration-thickness: 2px; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
.row form, .who form { display: inline-grid; }
.split { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; justify-content: space-between; }
@media (max-width: 30rem) { .actions > *, .actions > form > button { width: 100%; } }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.people { list-style: none; display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); }
.people button { width: 100%; height: 100%; display: grid; justify-items: start; gap: 0; text-align: start; font-weight: 600; background: var(--card); color: var(--ink); border-color: var(--edge); padding: 0.5rem 0.875rem; justify-content: start; }
.people button:hover { background: var(--soft); }
.people .quiet { font-weight: 400; font-size: 0.875rem; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); align-items: end; }

.badge { display: inline-block; padding: 0.0625rem 0.5rem; border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; border: 1px solid var(--edge); color: var(--ink); }
.badge.good { border-color: var(--act); background: var(--soft); color: var(--act); }
.badge.bad { border-color: var(--alert); background: var(--alert-soft); color: var(--alert); }
.badge.warn { border-color: var(--warn); background: var(--warn-soft); color: var(--warn); }
.scroll { position: relative; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; overflow-wrap: normal; }
table code { overflow-wrap: anywhere; }
@media (min-width: 40rem) { th code { white-space: nowrap; } }
th code { display: inline-block; min-width: 11rem; }
td code { display: inline-block; min-width: 13rem; }
th, td { text-align: start; vertical-align: top; padding: 0.625rem 1rem; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; }
th { font-weight: 600; }
thead th { font-size: 0.8125rem; color: var(--quiet); white-space: nowrap; }
td, tbody th { min-width: 7rem; }
td a, th a { display: inline-block; min-height: 1.5rem; }
.tiles { list-style: none; display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
.tiles a { display: grid; padding: 0.75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; text-decoration: none; color: var(--ink); }
.tiles a:hover { border-color: var(--act); }
.tiles strong { font-size: 1.625rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.columns { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); align-items: start; }
.mails { list-style: none; background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; gap: 0.125rem; padding: 0.875rem 1rem; color: var(--ink); text-decoration: none; }
.mails a:hover { background: var(--soft); }
.mails a:focus-visible { outline-offset: -3px; }
.mails .line { display: flex; justify-content: space-between; gap: 0.25rem 1rem; flex-wrap: wrap; }
.mails strong { text-decoration: underline; text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: 0.5rem; background: #ffffff; color-scheme: light; }
.done { display: inline-grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--act); color: var(--on-act); font-weight: 700; font-size: 1.25rem; }
@media (prefers-reduced-motion: no-preference) { button, .button, .tiles a { transition: background-color 0.12s, border-color 0.12s; } }
@media (forced-colors: active) { .choice:has(:checked) { outline: 2px solid Highlight; } .badge { border-width: 2px; } }
`);
