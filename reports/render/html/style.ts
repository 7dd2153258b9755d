import { palette } from './palette.js';
import { fontFamily } from './theme.js';

const variables = (scheme: 'light' | 'dark') =>
  palette(scheme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** Dark where the reader's system is, light on paper. */
export const style = `
:root{color-scheme:light;${variables('light')}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${variables('dark')}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 ${fontFamily};-webkit-text-size-adjust:100%}
header,nav,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.6rem;line-height:1.25;margin:.15rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:0 0 .75rem;overflow-wrap:anywhere}
small,.note,.facts,footer{color:var(--muted);font-size:.85rem;font-weight:400}
.facts{margin:0;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999rem;padding:.5rem 1rem;background:var(--panel);color:var(--accent);z-index:9}
.skip:focus{left:.5rem;top:.5rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
nav ul{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:1rem 0;padding:0}
nav a{display:block;padding:.15rem .7rem;border:1px solid var(--line);border-radius:1rem;background:var(--panel);text-decoration:none;font-size:.85rem;overflow-wrap:anywhere}
nav a:hover{border-color:var(--accent)}
section{background:var(--panel);border:1px solid var(--line);border-radius:.6rem;padding:1.1rem 1.25rem;margin:0 0 1.1rem}
p,li,dd{overflow-wrap:anywhere}
.said{margin:.45rem 0;padding:.3rem .8rem;border-left:.3rem solid var(--line)}
.said strong{margin-right:.35rem}
.said.good{border-color:var(--good)}
.said.same{border-color:var(--accent)}
.said.warn{border-color:var(--warn)}
.said.bad{border-color:var(--bad);color:var(--ink)}
.good{color:var(--good)}.said.good,.said.warn{color:var(--ink)}
.warn{color:var(--warn)}
.bad{color:var(--bad)}
ul{padding-left:1.2rem;margin:.6rem 0}
.plain{list-style:none;padding-left:0}
.warnings li{margin:.35rem 0}
.warnings li::marker{content:"!  ";color:var(--warn);font-weight:700}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem;margin:0 0 1rem;font-size:.92rem}
dt{color:var(--muted);overflow-wrap:anywhere}
dd{margin:0}
.scroll{overflow-x:auto;margin:.3rem 0}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .7rem .2rem 0;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap;font-weight:400}
thead th{color:var(--muted)}
tbody th{font-weight:600}
.number,.figures td,.figures thead th+th{text-align:right}
.charts{display:grid;margin-top:1.1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1.4rem 2rem}
figure{margin:0;min-width:0;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.4rem}
.plot svg{display:block;width:100%;height:auto}
.wide{grid-column:1/-1}
.wide .plot{overflow-x:auto}
.wide .plot svg{min-width:44rem;max-width:56rem}
.plot.has-live>svg{display:none}
.live{width:100%}
.live svg{height:100%}
.note{margin:.3rem 0}
details{font-size:.88rem}
summary{color:var(--accent);cursor:pointer;width:max-content;font-size:.85rem}
pre{margin:0;padding:.7rem .9rem;background:var(--page);border-radius:.4rem;overflow-x:auto;font-size:.85rem}
.command{display:flex;gap:.6rem;align-items:start}
.command pre{flex:1;white-space:pre-wrap;overflow-wrap:anywhere}
button{font:inherit;font-size:.85rem;padding:.45rem .9rem;color:var(--accent);background:var(--panel);border:1px solid var(--line);border-radius:.4rem;cursor:pointer}
footer{padding-bottom:2rem}
@media (max-width:40rem){
header,nav,main,footer{padding-left:.75rem;padding-right:.75rem}
section{padding:.9rem .8rem}
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.4rem}
}
@media print{
@page{margin:14mm}
body{background:none;font-size:10pt}
nav,.skip,button,summary{display:none}
section{border:0;padding:0;margin-bottom:1.5rem}
h2{break-after:avoid}
.charts{grid-template-columns:1fr 1fr}
.plot.has-live>svg{display:block}
.live{display:none}
a{color:inherit;text-decoration:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
