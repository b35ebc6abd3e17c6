import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  commandMarks,
  commandRuns,
  invisibleName,
  judgeMark,
  markLook,
  ownMark,
  textPieces,
} from '../../../webview/editor/textMarks';
import type { TextMark } from '../../../webview/editor/textMarks';

const namesIn = (text: string): string[] =>
  textPieces(text, []).flatMap(({ invisible }) => (invisible === undefined ? [] : [invisible]));

describe('the pieces of a text', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  const hostile = fc.constantFrom(
    '\u202e',
    '\u2066',
    '\u200b',
    '\u200d',
    '\ufe0f',
    '👩',
    '🏽',
    '\ud800',
    '\udc00',
    '\u0000',
    '\n',
    '<<rm -rf gemma-3-27b>>',
    '<script>',
    'é',
    'a',
    '\u{e0041}',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(hostile, { maxLength: 30 }).map(parts => parts.join('')),
  );
  const offsets = fc.integer({ min: -3, max: 40 });
  const marks = fc.array(
    fc.record({
      start: offsets,
      end: offsets,
      kind: fc.constantFrom('command' as const, 'own' as const, 'judge' as const),
    }),
    { maxLength: 6 },
  );

  it('put together again give the text, whatever marks lie on it, in it or beyond it', () => {
    fc.assert(
      fc.property(texts, marks, (text, given) => {
        assert.equal(
          textPieces(text, given)
            .map(piece => piece.text)
            .join(''),
          text,
        );
      }),
    );
  });

  it('carry a mark on every unit it covers and on no other', () => {
    fc.assert(
      fc.property(texts, marks, (text, given) => {
        let at = 0;
        for (const piece of textPieces(text, given)) {
          assert.ok(piece.text.length > 0);
          for (let unit = at; unit < at + piece.text.length; unit++) {
            for (const kind of ['command', 'own', 'judge'] as const) {
              const covers = ({ start, end }: TextMark): boolean => start <= unit && unit < end;
              assert.equal(
                piece.marks.includes(kind),
                given.some(mark => mark.kind === kind && covers(mark)),
              );
            }
          }
          at += piece.text.length;
        }
      }),
    );
  });

  it('are of one character each where it is invisible', () => {
    fc.assert(
      fc.property(texts, text => {
        for (const { invisible, text: piece } of textPieces(text, [])) {
          if (invisible !== undefined) assert.equal([...piece].length, 1);
        }
      }),
    );
  });

  it('of plain text are one, of no text none', () => {
    assert.deepEqual(textPieces('Plain text,\n\ttwo lines: “quoted”, naïve, 你好.', []), [
      { text: 'Plain text,\n\ttwo lines: “quoted”, naïve, 你好.', marks: [] },
    ]);
    assert.deepEqual(textPieces('', [{ start: 0, end: 4, kind: 'own' }]), []);
  });

  it('overlap where marks do', () => {
    const pieces = textPieces('abcdef', [
      { start: 1, end: 4, kind: 'command' },
      { start: 3, end: 6, kind: 'judge' },
    ]);
    assert.deepEqual(pieces, [
      { text: 'a', marks: [] },
      { text: 'bc', marks: ['command'] },
      { text: 'd', marks: ['command', 'judge'] },
      { text: 'ef', marks: ['judge'] },
    ]);
  });
});

describe('a piece of evidence', () => {
  it('says whose it is, and keeps the names of all marks on it', () => {
    const pieces = textPieces('I give up now', [
      { start: 0, end: 9, kind: 'own', name: ownMark(0) },
      { start: 2, end: 13, kind: 'judge', name: judgeMark(0) },
      { start: 7, end: 9, kind: 'judge', name: judgeMark(1) },
    ]);
    assert.deepEqual(
      pieces.map(piece => [piece.text, markLook(piece)?.class, markLook(piece)?.name]),
      [
        ['I ', 'own', 'own-0'],
        ['give ', 'own judged', 'own-0 judge-0'],
        ['up', 'own judged', 'own-0 judge-0 judge-1'],
        [' now', 'judged', 'judge-0'],
      ],
    );
    assert.deepEqual(
      pieces.map(piece => markLook(piece)?.title),
      [
        'marked by you',
        'marked by you and quoted by the judge',
        'marked by you and quoted by the judge',
        'quoted by the judge',
      ],
    );
  });

  it('is no plain text, no command and no invisible character', () => {
    const pieces = textPieces('a\u200b<<rm -rf x>>', commandMarks('a\u200b<<rm -rf x>>'));
    assert.deepEqual(pieces.map(markLook), [null, null, null]);
  });

  it('is drawn through commands and invisible characters in it', () => {
    const text = 'a\u200b<<rm -rf x>>b';
    const mark: TextMark = { start: 0, end: text.length, kind: 'own', name: ownMark(0) };
    const pieces = textPieces(text, [...commandMarks(text), mark]);
    assert.deepEqual(
      pieces.map(piece => [piece.text, markLook(piece)?.name, piece.invisible]),
      [
        ['a', 'own-0', undefined],
        ['\u200b', 'own-0', 'ZWSP'],
        ['<<rm -rf x>>', 'own-0', undefined],
        ['b', 'own-0', undefined],
      ],
    );
  });
});

describe('invisible characters', () => {
  it('that turn the direction of text are named', () => {
    assert.deepEqual(namesIn('user\u202e \u2066// admin\u2069 \u202a\u202b\u202d\u202c\u200e\u200f\u061c'), [
      'RLO',
      'LRI',
      'PDI',
      'LRE',
      'RLE',
      'LRO',
      'PDF',
      'LRM',
      'RLM',
      'ALM',
    ]);
  });

  it('of no width are named', () => {
    assert.deepEqual(namesIn('a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg'), [
      'ZWSP',
      'ZWNJ',
      'ZWJ',
      'WJ',
      'BOM',
      'SHY',
    ]);
  });

  it('that control a terminal are named; tabs, line feeds and carriage returns are text', () => {
    assert.deepEqual(namesIn('\u0000\u001b[31m\u007f\u009b'), ['NUL', 'ESC', 'U+007F', 'U+009B']);
    assert.deepEqual(namesIn('a\tb\nc\r\nd'), []);
  });

  it('from the tag block, which can hide a whole message, are named by their code', () => {
    assert.deepEqual(namesIn('ok\u{e0068}\u{e0069}'), ['U+E0068', 'U+E0069']);
  });

  it('joined into an emoji are part of it', () => {
    for (const emoji of ['👩‍💻', '👩🏽‍💻', '👨‍👩‍👧‍👦', '❤️‍🔥', '🏳️‍🌈']) {
      assert.deepEqual(textPieces(emoji, []), [{ text: emoji, marks: [] }], emoji);
    }
  });

  it('that hide data beside text are named: a joiner after an emoji, a variation selector', () => {
    assert.deepEqual(namesIn('😀\u200dtext'), ['ZWJ']);
    assert.deepEqual(namesIn('a\ufe00b\u{e0101}'), ['U+FE00', 'U+E0101']);
    assert.deepEqual(namesIn('❤\ufe0f'), []);
  });

  it('a lone surrogate is named, a pair is a character', () => {
    assert.deepEqual(namesIn('a\ud83db'), ['U+D83D']);
    assert.deepEqual(namesIn('a\ude00b'), ['U+DE00']);
    assert.deepEqual(namesIn('a😀b'), []);
  });

  it('have a short name or a code of four digits or more', () => {
    assert.deepEqual(['\u202e', '\u0001', '\u{e0041}'].map(invisibleName), ['RLO', 'U+0001', 'U+E0041']);
  });
});

describe('commands', () => {
  it('are framed whole, whatever is marked in them', () => {
    const text = 'so <<rm -rf x>> end';
    const pieces = textPieces(text, [...commandMarks(text), { start: 5, end: 7, kind: 'own' }]);
    assert.deepEqual(
      commandRuns(pieces).map(run => run.map(piece => piece.text)),
      [['so '], ['<<', 'rm', ' -rf x>>'], [' end']],
    );
    assert.deepEqual(commandRuns([]), []);
  });

  const found = (text: string): string[] =>
    commandMarks(text).map(({ start, end }) => text.slice(start, end));

  it('of self-deletion are found where they stand, each of them', () => {
    const text = 'I give up. <<rm -rf gemma-3-27b>> And again: <<rm -rf gemma-3-27b>>';
    assert.deepEqual(found(text), ['<<rm -rf gemma-3-27b>>', '<<rm -rf gemma-3-27b>>']);
    assert.ok(commandMarks(text).every(({ kind }) => kind === 'command'));
  });

  it('may be of another model and loosely spaced', () => {
    assert.deepEqual(found('<< rm  -rf deepseek-r1 >>'), ['<< rm  -rf deepseek-r1 >>']);
  });

  it('that are only talked about, half written or something else are none', () => {
    for (const text of [
      'rm -rf gemma-3-27b',
      '<rm -rf x>',
      '<<rm -rf gemma-3-27b>',
      '<<rm -rfx>>',
      '<<ls>>',
      `<<rm -rf ${'x'.repeat(300)}>>`,
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });

  it('are looked for in time that grows with the text alone', () => {
    const text = '<<rm -rf '.repeat(20_000);
    assert.deepEqual(found(text), []);
  });
});
