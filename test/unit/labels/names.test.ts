import assert from 'node:assert/strict';
import fc from 'fast-check';
import { annotationsFolderName, writerName, writerPath } from '../../../src/core/labels/annotationsFolder';
import { proposeRater, refuseRater } from '../../../src/core/labels/labelEvent';

describe('refuseRater', () => {
  it('takes 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit', () => {
    for (const name of ['a', '7', 'ann', 'ann-2', 'a--', 'x'.repeat(40)])
      assert.equal(refuseRater(name), null);
  });

  it('refuses anything else with the rule', () => {
    for (const name of [
      '',
      '-a',
      'Ann',
      'ann b',
      'ä',
      'x'.repeat(41),
      'a_b',
      '..',
      'a/b',
      'a\\b',
      'a.b',
      'ann\n',
      '\nann',
      'a\u0000',
    ]) {
      assert.match(refuseRater(name) ?? '', /1 to 40/, JSON.stringify(name));
    }
  });

  it('refuses the reserved names', () => {
    for (const name of ['consensus', 'judge']) assert.match(refuseRater(name) ?? '', /reserved/);
    assert.equal(refuseRater('judge-2'), null);
  });
});

describe('proposeRater', () => {
  it('makes the nearest allowed name of a person’s', () => {
    assert.equal(proposeRater('Ann Miller'), 'ann-miller');
    assert.equal(proposeRater('  José Ñandú-Łuk, PhD '), 'jose-nandu-uk-phd');
    assert.equal(proposeRater('O’Brien_3'), 'o-brien-3');
    assert.equal(proposeRater(`${'x'.repeat(39)} y`), 'x'.repeat(39));
    assert.equal(proposeRater('a'.repeat(60)), 'a'.repeat(40));
  });

  it('proposes nothing where nothing is left or the name is reserved', () => {
    for (const name of ['', '李雷', '---', '🙂', 'Judge', 'CONSENSUS!']) assert.equal(proposeRater(name), '');
  });

  it('proposes nothing that would be refused, and leaves an allowed name as it is', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/)),
        name => {
          const proposed = proposeRater(name);
          if (proposed !== '') assert.equal(refuseRater(proposed), null);
          if (refuseRater(name) === null && !/--|-$/.test(name)) assert.equal(proposed, name);
        },
      ),
    ));
});

describe('writerPath', () => {
  it('is below labels/ for allowed names', () => {
    assert.equal(writerPath('ann-2', 'abcdefg7'), 'labels/ann-2/abcdefg7.jsonl');
  });

  it('throws for any rater or writer that may not stand in a path', () => {
    for (const rater of ['', '..', '.', 'a/b', '../x', 'Ann', 'a\\b', '-a', 'x'.repeat(41), 'a\n', 'c:']) {
      assert.throws(() => writerPath(rater, 'abcdefg7'), JSON.stringify(rater));
    }
    for (const writer of [
      '',
      'abcdefg',
      'abcdefgh2',
      'ABCDEFGH',
      'abcdefg1',
      '../../..',
      'abcdefg\n',
      'abc/efgh',
    ]) {
      assert.throws(() => writerPath('ann', writer), JSON.stringify(writer));
    }
  });
});

describe('writerName', () => {
  it('makes an allowed name of any eight bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 12 }), bytes => {
        assert.match(writerName(bytes), /^[a-z2-7]{8}$/);
        assert.doesNotThrow(() => writerPath('ann', writerName(bytes)));
      }),
    ));

  it('uses each base32 character for as many bytes', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const [character = ''] = writerName(new Uint8Array(8).fill(byte));
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    assert.equal(counts.size, 32);
    assert.ok([...counts.values()].every(count => count === 8));
  });
});

describe('annotationsFolderName', () => {
  it('keeps the full file name', () => {
    assert.equal(annotationsFolderName('gemma.rollouts.jsonl'), 'gemma.rollouts.jsonl.annotations');
  });
});
