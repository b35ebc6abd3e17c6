import assert from 'node:assert/strict';
import { unitId } from '../../../src/core/agreement/ratingTableOfRun';
import { subsetSentences } from '../../../src/core/agreement/subsetText';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import type { ReportState } from '../../../src/protocol/reportProtocol';
import { cautionsOf, countedFacts } from '../../../webview/report/countedFacts';
import { sidesOf } from '../../../webview/report/sides';
import { itemOf, scoreIn, subsetOf, subsetTable } from '../agreement/subsets';
import { firstPair, report } from '../agreement/tables';

const drawn = [1, 2, 8, 9].map(judge => ({
  judge,
  stratum: judge < 5 ? 'low' : 'high',
  weight: judge < 5 ? 300 : 2,
}));
const subset = subsetOf(drawn);

function shown(labels: readonly [number, number][], imported = false) {
  const events = labels.map(([slot, value]) =>
    scoreIn(subset, slot, 'ada', value, imported ? { judgeVisible: null } : {}),
  );
  const made = report(subsetTable(subset, drawn, events));
  const pair = firstPair(made);
  const state: ReportState = {
    file: 'f',
    rubric: frustrationRubric,
    report: made,
    empty: null,
    labels: [{ rater: 'ada', count: labels.length }],
    items: 4,
  };
  const facts = countedFacts(state, made, pair, sidesOf(pair, ['ada']));
  return { made, pair, lines: (name: string) => facts.find(fact => fact.name === name)?.lines ?? [] };
}

describe('the report page of a subset', () => {
  it('tells what was drawn, with a line for each stratum, and says it once', () => {
    const { made, pair, lines } = shown([
      [0, 1],
      [1, 2],
      [2, 7],
    ]);
    assert.ok(made.subset);
    const sentences = subsetSentences(made.subset);
    assert.deepEqual(lines('subset'), [
      ...sentences,
      'low: 2 of 600 items drawn; usable: ada 2',
      'high: 2 of 4 items drawn; usable: ada 1',
    ]);
    const cautions = cautionsOf(made, pair);
    assert.ok(sentences.every(sentence => made.notes.includes(sentence) && !cautions.includes(sentence)));
    assert.ok(pair.warnings.every(warning => cautions.includes(warning)));
  });

  it('counts imported labels that were left out in words of their own', () => {
    const units = (...places: number[]) => places.map(place => unitId(itemOf(place)));
    const [missing, imported, ...more] = shown([[0, 1]], true).lines('left out');
    assert.deepEqual(more, []);
    assert.deepEqual(missing, {
      count: 3,
      words: 'without a score from both',
      behind: { kind: 'units', title: 'Left out: without a score from both', units: units(1, 2, 3) },
    });
    const words = 'with an imported label, of which nobody knows whether the judge was seen';
    assert.deepEqual(imported, {
      count: 1,
      words,
      behind: { kind: 'units', title: `Left out: ${words}`, units: units(0) },
    });
  });
});
