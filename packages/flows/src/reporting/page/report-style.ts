import { type Colour, defaultColour, inkOn, paleOf, readableOn } from '../../pages/colours.ts';

/** The style sheet of a report. Colours that stand for something differ in lightness too, for print in black and white. */
export function reportStyle(colour: Colour = defaultColour): string {
  const light = `--ground:#ffffff;--ink:#18202a;--quiet:#4c5766;--line:#d3d9e0;--edge:#6f7b8a;--soft:#f3f5f7;--link:${readableOn('#ffffff', colour, '#000000')};--added:${readableOn('#ffffff', colour, '#000000')};--started:${readableOn('#ffffff', colour, '#000000')};--issued:#d9dfe6;--declined:#c98a1b;--expired:#efd9a8;--closed:#97a1ad;--rejected:#a3190f;--withdrawn:#3d4650`;
  return `:root{color-scheme:light dark;${light};--brand:${colour};--on-brand:${inkOn(colour)}}
@media screen and (prefers-color-scheme:dark){:root{--ground:#14191f;--ink:#e9edf2;--quiet:#b3bdc9;--line:#37414c;--edge:#8592a1;--soft:#1d232a;--link:${readableOn('#1d232a', colour, paleOf(colour))};--added:${readableOn('#14191f', colour, paleOf(colour))};--started:${readableOn('#14191f', colour, paleOf(colour))};--issued:#3a4552;--declined:#c98a1b;--expired:#6e5a2a;--closed:#77828f;--rejected:#ff8a7f;--withdrawn:#c3ccd6}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word;-webkit-text-size-adjust:100%}
h1,h2,p,ul,dl,dd,figure{margin:0;padding:0}
h1{font-size:2rem;line-height:1.2;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.35;text-wrap:balance}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{background:var(--brand);color:var(--on-brand);border-bottom:1px solid var(--line);print-color-adjust:exact;-webkit-print-color-adjust:exact}
header>div,main,footer{max-width:60rem;margin:0 auto;padding:1rem}
header>div{display:flex;align-items:center;gap:.75rem;min-height:4rem;font-size:1.125rem;font-weight:600}
header img{max-height:3rem;max-width:9rem;padding:4px;background:#fff;border-radius:6px}
main{display:grid;gap:2.25rem;padding-block:2rem;grid-template-columns:minmax(0,1fr)}
h1+.lead{margin-top:-1.75rem}
.lead{font-size:1.125rem;color:var(--quiet)}
section{display:grid;gap:.875rem;grid-template-columns:minmax(0,1fr)}
.quiet,figcaption{color:var(--quiet);font-size:.9375rem}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr))}
.tiles div{border:1px solid var(--line);border-top:4px solid var(--link);border-radius:8px;padding:.75rem 1rem;background:var(--soft)}
.tiles dt{font-weight:600}
.tiles b{display:block;font-size:1.75rem;line-height:1.3;font-variant-numeric:tabular-nums}
.tiles span{color:var(--quiet);font-size:.875rem;line-height:1.35;display:block}
figure{display:grid;gap:.5rem}
svg{display:block;width:100%;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;font-size:.9375rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg{width:.875rem;height:.875rem;flex:none}
.grid{stroke:var(--line);stroke-width:1}
.tick{fill:var(--quiet);font-size:12px;font-variant-numeric:tabular-nums}
rect{stroke:var(--edge);stroke-width:.75;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.issued{fill:var(--issued)}
.started{fill:var(--started);fill-opacity:.45}
.added{fill:var(--added)}
.declined{fill:var(--declined)}
.expired{fill:var(--expired)}
.closed{fill:var(--closed)}
.rejected{fill:var(--rejected)}
.withdrawn{fill:var(--withdrawn)}
.bar{height:1rem;min-width:8rem}
.bar rect{vector-effect:non-scaling-stroke}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .5rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
thead th{border-bottom:2px solid var(--edge);vertical-align:bottom}
th{font-weight:600}
tbody th{font-weight:400;min-width:9rem}
tfoot th,tfoot td{border-bottom:0;border-top:2px solid var(--edge);font-weight:600}
.number{text-align:end;white-space:nowrap}
thead .number{white-space:normal}
.drawn td{vertical-align:middle}
.drawn tbody th{width:38%}
.notes dl{display:grid;gap:.5rem}
.notes dl div{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem}
.notes dt{font-weight:600}
.notes ul{padding-inline-start:1.25rem;display:grid;gap:.375rem}
footer{color:var(--quiet);font-size:.9375rem;padding-bottom:2rem}
@media(max-width:40rem){h1{font-size:1.625rem}.notes dl div{grid-template-columns:minmax(0,1fr);gap:0}.scroll>svg{min-width:36rem}}
@page{size:A4;margin:14mm 14mm 16mm}
@media print{body{font-size:9.5pt;line-height:1.4}header>div,main,footer{max-width:none;padding-inline:0}header>div{padding-inline:5mm;min-height:12mm}h1{font-size:20pt}h2{font-size:12.5pt}main{gap:6mm;padding-block:6mm 4mm}h1+.lead{margin-top:-5mm}table,.legend,figcaption,.quiet{font-size:8.5pt}th,td{padding:1mm 1.5mm}.tiles{grid-template-columns:repeat(5,minmax(0,1fr));gap:2mm}.tiles div{padding:2mm 2.5mm}.tiles b{font-size:15pt}.tiles span{font-size:8pt}.scroll{overflow:visible}.keep,.tiles,tr,.notes div,.notes li{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}tfoot{display:table-row-group}a{color:inherit;text-decoration:none}figcaption a{display:none}tbody th{min-width:0}}`;
}
