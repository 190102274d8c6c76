import { createHash } from 'node:crypto';
import type { Brand } from '../flow-context.ts';
import { type Colour, defaultColour, inkOn, paleOf, readableOn } from './colours.ts';

const lightGround = '#f3f5f7';
const darkGround = '#1d232a';

/** The one style sheet of all claim pages of a brand, as it stands inside their `<style>`. Nothing is loaded. */
export function styleSheet(brand: Brand): string {
  const made = sheets.get(brand);
  if (made !== undefined) return made;
  const sheet = sheetOf(brand.colour ?? defaultColour);
  sheets.set(brand, sheet);
  return sheet;
}

/** What the `style-src` of a Content-Security-Policy needs to let {@link styleSheet} work: `'sha256-…'`, with its quotes. */
export function styleHash(brand: Brand): string {
  return `'sha256-${createHash('sha256').update(styleSheet(brand)).digest('base64')}'`;
}

const sheets = new WeakMap<Brand, string>();

function sheetOf(colour: Colour): string {
  return `:root{color-scheme:light dark;--ground:${lightGround};--card:#ffffff;--ink:#18202a;--quiet:#4c5766;--line:#d3d9e0;--edge:#6f7b8a;--brand:${colour};--on-brand:${inkOn(colour)};--link:${readableOn(lightGround, colour, '#000000')};--soft:#e8eef6;--warn:#fff4d6;--warn-edge:#a86a00;--bad:#a3190f}
@media(prefers-color-scheme:dark){:root{--ground:#11161b;--card:${darkGround};--ink:#e9edf2;--quiet:#b3bdc9;--line:#37414c;--edge:#8592a1;--link:${readableOn(darkGround, colour, paleOf(colour))};--soft:#243040;--warn:#33280f;--warn-edge:#e0a93b;--bad:#ffa198}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
html:lang(th) body{font-family:system-ui,Thonburi,"Leelawadee UI","Noto Sans Thai",sans-serif;line-height:1.75}
html:lang(zh-Hant) body{font-family:system-ui,"PingFang TC","Microsoft JhengHei","Noto Sans TC","Noto Sans CJK TC",sans-serif;line-height:1.7}
h1,h2,p,ol,ul,dl,dd{margin:0;padding:0}
h1{font-size:1.625rem;line-height:1.3;text-wrap:balance}
h2{font-size:1.1875rem;line-height:1.4}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
header{background:var(--brand);color:var(--on-brand);border-bottom:1px solid var(--line)}
header>div,main,footer{max-width:36rem;margin:0 auto;padding:1rem}
header>div{display:flex;align-items:center;gap:.75rem;min-height:4.25rem;font-size:1.125rem;font-weight:600}
header img{max-height:3rem;max-width:9rem;padding:4px;background:#fff;border-radius:6px}
main{display:grid;gap:1.25rem;padding-block:1.5rem;grid-template-columns:minmax(0,1fr)}
.card,form{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem}
article.card{border-top:4px solid var(--link)}
.quiet,dt{color:var(--quiet);font-size:.9375rem}
.steps{display:grid;gap:.75rem;list-style:none;counter-reset:step}
.steps li{display:flex;gap:.75rem;counter-increment:step}
.steps li::before{content:counter(step);flex:none;width:1.75rem;height:1.75rem;border-radius:50%;background:var(--soft);text-align:center;font-weight:600;line-height:1.75rem}
dl{display:grid;gap:.5rem}
dd{font-weight:500}
.note{border-inline-start:4px solid var(--link);background:var(--soft);border-radius:4px;padding:.875rem 1rem}
.warn{border-color:var(--warn-edge);background:var(--warn)}
.bad{color:var(--bad);font-weight:600}
.standing{justify-self:start;background:var(--soft);border:1px solid var(--edge);border-radius:1rem;padding:0 .75rem;font-size:.875rem;font-weight:600}
label{font-weight:600;display:grid;gap:.375rem}
input{font:inherit;width:100%;min-height:3rem;padding:.5rem .75rem;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:8px}
input[aria-invalid]{border:2px solid var(--bad)}
.code{font-size:1.5rem;letter-spacing:.2em;max-width:14rem}
button,.button{display:flex;align-items:center;justify-content:center;min-height:3rem;width:100%;padding:.625rem 1.25rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--on-brand);background:var(--brand);border:1px solid var(--link);border-radius:8px;cursor:pointer}
button:hover,.button:hover{text-decoration:underline;text-underline-offset:.2em}
.second{color:var(--link);background:transparent}
footer{display:grid;gap:.75rem;padding-bottom:2.5rem;font-size:.9375rem;color:var(--quiet)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none}
nav a,nav span{display:inline-block;padding:.375rem 0}
nav span{font-weight:600;color:var(--ink)}
@media(min-width:30rem){button,.button{width:auto;justify-self:start}}`;
}
