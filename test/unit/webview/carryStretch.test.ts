import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { carryStretch } from '../../../webview/editor/carryStretch';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });

/** The text nodes of the rendered Markdown put together, as a page has them. */
function rendered(source: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return markdown
    .render(source)
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => signs[name] ?? '');
}

/** The source's words for the first place of a text in what is shown of it. */
function carried(source: string, text: string, from = 0): string | null {
  const shown = rendered(source);
  const start = shown.indexOf(text, from);
  assert.ok(start >= 0, `${JSON.stringify(text)} is not in ${JSON.stringify(shown)}`);
  const found = carryStretch(shown, source)({ start, end: start + text.length });
  return found && source.slice(found.start, found.end);
}

describe('a stretch of rendered Markdown', () => {
  it('is found in the source to the letter', () => {
    assert.equal(carried('# Title\n\nI give *up*.', 'I give'), 'I give');
  });

  it('is found across emphasis, code and strikes', () => {
    assert.equal(
      carried('I **really** _do_ `give` ~~up~~ now', 'really do give up'),
      'really** _do_ `give` ~~up',
    );
  });

  it('is found across list items, numbers, quotes, headings and rules', () => {
    assert.equal(carried('1. one\n2. two\n10. three', 'one\ntwo\nthree'), 'one\n2. two\n10. three');
    assert.equal(carried('> one\n> two', 'one\ntwo'), 'one\n> two');
    assert.equal(
      carried('one\n\n## two\n\n---\n\nthree', 'one\ntwo\n\nthree'),
      'one\n\n## two\n\n---\n\nthree',
    );
    assert.equal(carried('one\n===\n\n- [ ] two', 'one\n\n[ ] two'), 'one\n===\n\n- [ ] two');
  });

  it('is found across links and the lines that say where they lead', () => {
    assert.equal(
      carried('see [the page](https://example.org/a_(b)) now', 'see the page now'),
      'see [the page](https://example.org/a_(b)) now',
    );
    const source = 'see [it][1] now\n\n[1]: https://example.org\n\nlast';
    assert.equal(carried(source, 'see it now\nlast'), source);
  });

  it('is found across code with its language, and in tables', () => {
    assert.equal(
      carried('so\n\n```python\nx = 1\n```\n\ndone', 'so\nx = 1\n\ndone'),
      'so\n\n```python\nx = 1\n```\n\ndone',
    );
    const table = '| a | b |\n|:--|--:|\n| one | two |';
    const shown = rendered(table);
    const start = shown.indexOf('b');
    const found = carryStretch(shown, table)({ start, end: shown.indexOf('two') + 3 });
    assert.equal(found && table.slice(found.start, found.end), 'b |\n|:--|--:|\n| one | two');
  });

  it('is found where the source breaks lines with CRLF', () => {
    assert.equal(carried('one **two**\r\nthree', 'two\nthree'), 'two**\r\nthree');
  });

  it('of several like it is the one of the same number', () => {
    const source = '**no** no *no*';
    for (const [number, start] of [
      [0, 2],
      [1, 7],
      [2, 11],
    ] as const) {
      const found = carryStretch('no no no\n', source)({ start: number * 3, end: number * 3 + 2 });
      assert.deepEqual(found, { start, end: start + 2 });
    }
  });

  it('is not counted where a link leads', () => {
    const source = '[here](https://example.org/here) and here';
    const found = carryStretch(rendered(source), source)({ start: 9, end: 13 });
    assert.deepEqual(found, { start: source.lastIndexOf('here'), end: source.length });
  });

  it('is nowhere rather than in a wrong place', () => {
    // Shown once, written twice.
    assert.equal(carryStretch('no', 'no no')({ start: 0, end: 2 }), null);
    assert.equal(carried('Tom &amp; Ann', 'Tom & Ann'), null);
    assert.equal(carryStretch('a b', 'a b c')({ start: 1, end: 2 }), null);
    assert.equal(carryStretch('a', 'b')({ start: 0, end: 1 }), null);
  });

  it('of which there are thousands is not looked for on and on', () => {
    const text = '*a* '.repeat(6000);
    assert.equal(carryStretch(text.replaceAll('*', ''), text)({ start: 4, end: 5 }), null);
    const fewer = '*a* '.repeat(4000);
    assert.deepEqual(carryStretch(fewer.replaceAll('*', ''), fewer)({ start: 4, end: 5 }), {
      start: 9,
      end: 10,
    });
  });

  it('holds signs that are meant as such', () => {
    assert.equal(carried('so 2 \\* 3 = 6 *always*', '2 * 3 = 6 always'), '2 \\* 3 = 6 *always');
    assert.equal(carried('use `a[i](x)` twice', 'use a[i](x) twice'), 'use `a[i](x)` twice');
  });

  it('comes back: the source’s stretch is found in what is shown', () => {
    const source = 'I **really** give up.\n\n1. one\n2. two';
    const shown = rendered(source);
    const start = source.indexOf('really** give');
    const found = carryStretch(source, shown)({ start, end: source.length });
    assert.equal(found && shown.slice(found.start, found.end), 'really give up.\n\none\ntwo');
  });

  it('of the same text is itself, blank or not', () => {
    assert.deepEqual(carryStretch('a  b', 'a  b')({ start: 1, end: 3 }), { start: 1, end: 3 });
  });

  it('of words in any Markdown is found word for word where it stands', () => {
    const dress = [
      (word: string) => word,
      (word: string) => `**${word}**`,
      (word: string) => `*${word}*`,
      (word: string) => `\`${word}\``,
      (word: string) => `[${word}](https://example.org/w0-w1)`,
    ];
    const block = [
      (line: string) => line,
      (line: string) => `# ${line}`,
      (line: string) => `> ${line}`,
      (line: string) => `- ${line}\n  1. ${line.length}`,
      (line: string) => `\`\`\`js\n${line.replace(/[^\w ]/g, '')}\n\`\`\``,
    ];
    const word = fc.record({ as: fc.nat(dress.length - 1), word: fc.constantFrom('no', 'w', 'give up') });
    const lines = fc.array(
      fc.record({ as: fc.nat(block.length - 1), words: fc.array(word, { minLength: 1, maxLength: 4 }) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (given, a, b) => {
        // Each word has its number, so that a wrong place shows.
        let number = 0;
        const source = given
          .map(line =>
            block[line.as]!(line.words.map(each => dress[each.as]!(`${each.word}x${number++}x`)).join(' ')),
          )
          .join('\n\n');
        const shown = rendered(source);
        const numbers = (text: string): string[] => text.replace(/\]\([^)]*\)/g, '').match(/x\d+x/g) ?? [];
        const places = [...shown.matchAll(/x\d+x/g)].map(match => match.index);
        const [from, to] = [a % places.length, b % places.length].sort((x, y) => x - y) as [number, number];
        const end = shown.indexOf('x', places[to]! + 1) + 1;
        const found = carryStretch(shown, source)({ start: places[from]!, end });
        assert.ok(found);
        assert.deepEqual(
          numbers(source.slice(found.start, found.end)),
          numbers(shown.slice(places[from]!, end)),
        );
      }),
    );
  });
});
