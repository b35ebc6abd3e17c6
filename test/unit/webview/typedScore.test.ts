import assert from 'node:assert/strict';
import { commitTyped, isTyped, typeDigit, typeMinus } from '../../../webview/editor/typedScore';

const long = { min: 0, max: 20 };
const around = { min: -12, max: 3 };
const typing = (keys: string, scale: { min: number; max: number }): string =>
  [...keys].reduce(
    (typed, key) => (key === '-' ? typeMinus(typed, scale) : typeDigit(typed, Number(key), scale)),
    '',
  );

describe('a score that is typed', () => {
  it('is one of scales with scores that no single key gives', () => {
    assert.deepEqual([{ min: 0, max: 10 }, { min: 1, max: 9 }, long, around].map(isTyped), [
      false,
      false,
      true,
      true,
    ]);
  });

  it('grows by a digit as long as it stays on the scale, and then begins anew', () => {
    assert.deepEqual(
      ['1', '18', '20', '21', '183', '05', '00'].map(keys => typing(keys, long)),
      ['1', '18', '20', '1', '3', '5', '0'],
    );
  });

  it('has a minus before or after its digits, on scales with scores below zero', () => {
    assert.deepEqual(
      ['-2', '2-', '-12', '-13', '--2', '3-', '4'].map(keys => typing(keys, around)),
      ['-2', '-2', '-12', '-3', '2', '-3', '4'],
    );
    assert.equal(typing('-7', long), '7');
  });

  it('is none without a digit, nor on a scale of single keys', () => {
    assert.deepEqual(
      ['', '-', '-2', '12'].map(typed => commitTyped(typed, around)),
      [null, null, -2, 12],
    );
    assert.equal(commitTyped('3', { min: 0, max: 10 }), null);
  });
});
