"""The style of the page: logical properties, so that it holds in either direction; colours for light and dark."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ink:#1c2430;--soft:#66707e;--paper:#f6f7f9;--card:#fff;--line:#dfe3e8;
--added:#2e8b57;--removed:#c9483f;--redated:#b7791f;--changed:#2f6fb7;--reordered:#7b55b0;--reworded:#a3acb8;
--same:#cfd5dc;--failed:#3b3f46;--old:#fdf0ef;--new:#eef8f1;--mark:#fff0b3}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ee;--soft:#99a3b0;--paper:#14181e;--card:#1d232b;--line:#323a45;
--same:#48515d;--failed:#c3c8cf;--old:#342021;--new:#1b2e23;--mark:#5c4d12;--added:#58b981;--removed:#e5736b;
--redated:#d9a04a;--changed:#6ba4e2;--reordered:#a988d8;--reworded:#727d8b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","Noto Sans","Noto Sans Arabic",sans-serif}
main{max-inline-size:68rem;margin-inline:auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin-block:0 1rem;text-wrap:balance}
h2{font-size:1.05rem;margin-block:0 .75rem}
small{color:var(--soft);font-weight:400}
section{margin-block-start:2rem;overflow-x:auto;scroll-margin-block-start:1rem}
bdi{unicode-bidi:isolate;overflow-wrap:anywhere}
a{color:inherit}
.runs{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:0}
.runs dt{color:var(--soft)}.runs dd{margin:0;min-inline-size:0}
.bar{display:flex;block-size:.6rem;border-radius:.3rem;overflow:hidden;gap:1px}
section>.bar{block-size:1rem}
.bar span{min-inline-size:3px;flex-basis:0}
.key{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;margin-block:.75rem 0;padding:0}
.key i{display:inline-block;inline-size:.7rem;block-size:.7rem;border-radius:.15rem;margin-inline-end:.4rem}
.bar .same,.key .same{background:var(--same)}.bar .failed,.key .failed{background:var(--failed)}
.bar .added,.key .added{background:var(--added)}.bar .removed,.key .removed{background:var(--removed)}
.bar .redated{background:var(--redated)}.bar .changed,.key .changed{background:var(--changed)}
.bar .reordered{background:var(--reordered)}.bar .reworded,.key .reworded{background:var(--reworded)}
table{border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:.4rem}
th,td{padding:.35rem .8rem;text-align:end;font-variant-numeric:tabular-nums;border-block-end:1px solid var(--line)}
tr:last-child>*{border-block-end:0}tbody:empty{display:none}
th:first-child{text-align:start;font-weight:500;min-inline-size:8rem;max-inline-size:24rem}
thead th{font-weight:500;color:var(--soft);white-space:nowrap}
td.added{color:var(--added)}td.removed{color:var(--removed)}td.redated{color:var(--redated)}
td.changed{color:var(--changed)}td.reordered{color:var(--reordered)}td.reworded{color:var(--soft)}
td.share{inline-size:12rem;min-inline-size:8rem}
article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;margin-block-end:.75rem}
article header{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:baseline;font-size:.85rem}
article header .id{font-weight:600}
article header span{color:var(--soft);border:1px solid var(--line);border-radius:1rem;padding-inline:.55rem}
.sentence{font-size:1.1rem;line-height:1.8;margin-block:.4rem .6rem;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:.2rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.6rem}
.sides>div{border-radius:.4rem;padding:.5rem .75rem;min-inline-size:0;border-inline-start:.25rem solid}
.sides .old{background:var(--old);border-color:var(--removed)}.sides .new{background:var(--new);border-color:var(--added)}
.sides .absent{background:none;border-style:dashed;border-color:var(--line);color:var(--soft)}
.sides p{margin:0;overflow-wrap:anywhere}.value{font-weight:600}.because{color:var(--soft);font-size:.9rem}
.ids{display:flex;flex-wrap:wrap;gap:.3rem .6rem;list-style:none;padding:0;margin:0}
.ids li{background:var(--card);border:1px solid var(--line);border-radius:.3rem;padding-inline:.5rem}
@media(max-width:40rem){.sides{grid-template-columns:1fr}td.share{display:none}th,td{padding-inline:.45rem}}
@media print{article{break-inside:avoid}}
"""
