import assert from 'node:assert/strict';
import { readCuts } from '../../../webview/analysis/readCuts';

const scale = { min: 0, max: 10, worst: 'max' } as const;

describe('cuts as typed', () => {
  it('are read in any order with any separator, each once', () => {
    assert.deepEqual(readCuts(' 7, 3;5 3', scale), { value: [3, 5, 7] });
    assert.deepEqual(readCuts('4.5', scale), { value: [4.5] });
  });

  it('are refused in a sentence where they are no numbers, or off the scale', () => {
    assert.equal(readCuts('', scale), 'Type numbers, such as 3, 5.');
    assert.equal(readCuts('three', scale), 'Type numbers, such as 3, 5.');
    assert.equal(readCuts('5, 11', scale), 'Cuts lie from 0 to 10.');
    assert.equal(
      readCuts(Array.from({ length: 13 }, (_, at) => at / 2).join(' '), scale),
      'No more than 12 cuts.',
    );
  });
});
