import assert from 'node:assert/strict';
import { csvLine } from '../../../src/core/export/csvText';

describe('a line of an exported table', () => {
  it('puts what a spreadsheet would run behind an apostrophe', () => {
    for (const text of ['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx', '\rx', ' =1+1'])
      assert.ok(csvLine([text]).replace(/^"/, '').startsWith("'"), JSON.stringify(text));
  });
  it('leaves numbers what they are, also below zero and where they are text', () => {
    assert.equal(csvLine([-3, 0.5, '-2.5', '+7', '-1e3']), '-3,0.5,-2.5,+7,-1e3\n');
  });
  it('quotes commas, quotes and line ends, and leaves what is missing empty', () => {
    assert.equal(
      csvLine(['a,b', 'say "no"', 'two\nlines', null, true]),
      '"a,b","say ""no""","two\nlines",,true\n',
    );
  });
  it('holds nothing that UTF-8 or a reader stops at', () => {
    assert.equal(csvLine(['a\ud800b', 'c\0d']), 'a\ufffdb,c\ufffdd\n');
  });
});
