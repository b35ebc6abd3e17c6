import assert from 'node:assert/strict';
import type { Figure } from '../../../src/core/figures/figure';
import { figureSvg } from '../../../src/core/figures/figureSvg';
import { markPlaces, nextMark } from '../../../src/core/figures/nextMark';

const hostile = '"><script>alert(1)</script>&\u0000\ud800';
const figure = (word: string): Figure => ({
  id: 'one',
  title: word,
  summary: word,
  caption: word,
  width: 200,
  height: 100,
  legend: [
    { label: word, tone: 'judge', shape: 'diamond' },
    { label: 'b', tone: 'human', shape: 'circle', dash: word },
  ],
  panels: [
    {
      title: word,
      x: 20,
      y: 10,
      width: 170,
      height: 70,
      xAxis: { title: word, ticks: [{ position: 30, label: word }] },
      yAxis: { title: word, ticks: [{ position: 30, label: word }] },
      rules: [{ x1: 0, x2: 1, y1: 0, y2: 1, kind: 'cut', label: word }],
      series: [
        {
          label: word,
          tone: 'judge',
          shape: 'diamond',
          line: 'through',
          marks: [
            { x: 30, y: 30, words: [word, word] },
            { x: 90, y: 40, words: ['second'], box: { width: 4, height: 4, text: word } },
          ],
        },
        {
          label: 'c',
          tone: 'human',
          shape: 'circle',
          line: 'through',
          marks: [{ x: 85, y: 70, words: ['other'] }],
        },
      ],
    },
  ],
});

describe('figureSvg', () => {
  it('lets no text of a file become markup or leave XML', () => {
    const svg = figureSvg(figure(hostile));
    assert.doesNotMatch(svg, /<script/);
    // eslint-disable-next-line no-control-regex -- that they are not there is what is tested.
    assert.doesNotMatch(svg, /[\u0000-\u0008\ud800]/);
    assert.match(svg, /&lt;script&gt;/);
    const opened = [...svg.matchAll(/<([a-z]+)(?:\s[^>]*[^/])?>/g)].length;
    assert.equal(opened, [...svg.matchAll(/<\/[a-z]+>/g)].length, 'each element is closed');
  });

  it('has a title and a description for whoever has it read out', () => {
    assert.match(figureSvg(figure('Agreement')), /<title>Agreement<\/title>\n<desc>Agreement<\/desc>/);
  });
});

describe('nextMark', () => {
  const own = figure('x');
  const places = markPlaces(own);
  it('goes along a line, and on to the next line at its end', () => {
    assert.equal(nextMark(own, places, 0, 'ArrowRight'), 1);
    assert.equal(nextMark(own, places, 1, 'ArrowRight'), 2);
    assert.equal(nextMark(own, places, 2, 'ArrowRight'), 2);
    assert.equal(nextMark(own, places, 2, 'ArrowLeft'), 1);
  });
  it('goes up and down from a line to the nearest mark of the line beside it', () => {
    assert.equal(nextMark(own, places, 0, 'ArrowDown'), 2);
    assert.equal(nextMark(own, places, 2, 'ArrowUp'), 1);
  });
  it('knows both ends, and leaves other keys alone', () => {
    assert.equal(nextMark(own, places, 1, 'Home'), 0);
    assert.equal(nextMark(own, places, 0, 'End'), 2);
    assert.equal(nextMark(own, places, 0, 'a'), null);
  });
});
