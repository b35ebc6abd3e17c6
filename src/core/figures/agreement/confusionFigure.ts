import { confusionMatrix } from '../confusionMatrix';
import type { Figure, Mark, Rule } from '../figure';
import { asTick, countText } from '../figureNumbers';
import { items, pointsBehind, type ComparedPair } from './comparedPair';

const plot = { x: 48, y: 10, size: 300 };
/** More categories than this leave no room for counts in the cells: they are told on hovering. */
const mostWithCounts = 14;

/** How many items got which pair of scores; with `weighted`, the sums of their weights. `null` without categories. */
export function confusionFigure(compared: ComparedPair, weighted: boolean): Figure | null {
  const { pair, a, b, cut } = compared;
  const { confusion } = pair;
  const counts = weighted ? confusion?.weighted : confusion?.counts;
  if (!confusion || !counts || pair.n === 0) return null;
  const { columns, rows } = confusionMatrix({ categories: confusion.categories, counts }, cut);
  const cell = plot.size / columns.length;
  const sum = counts.flat().reduce((total, count) => total + count, 0);
  const equal = counts.reduce((total, row, index) => total + (row[index] ?? 0), 0);
  const marks = rows.flatMap(({ category, cells }, row) =>
    cells.flatMap(({ count, level, equal: same }, column): Mark[] => {
      const other = columns[column]?.category;
      const x = plot.x + cell * (column + 0.5);
      const y = plot.y + cell * (row + 0.5);
      const box = { width: cell, height: cell, level };
      if (count <= 0)
        return same ? [{ x, y, box, words: [`${a} ${category}, ${b} ${other ?? ''}`, 'no item'] }] : [];
      const raw = confusion.counts[columns.length - 1 - row]?.[column] ?? 0;
      const told = `${a} ${category}, ${b} ${other ?? ''}`;
      return [
        {
          x,
          y,
          box: { ...box, ...(columns.length > mostWithCounts ? {} : { text: cellText(count) }) },
          words: [told, items(raw), ...(weighted ? [`${countText(count)} by weight`] : [])],
          ...pointsBehind(told, pair.points, point => point.a === category && point.b === other),
        },
      ];
    }),
  );
  const what = weighted ? 'Items by weight' : 'Items';
  return {
    id: weighted ? 'confusion-matrix-weighted' : 'confusion-matrix',
    title: weighted ? 'Where they put each item, weighted to the run' : 'Where they put each item',
    summary: `${what} by score of ${a} and ${b}: ${countText(equal)} of ${countText(sum)} on the diagonal of equal scores.`,
    caption: `${what} with each pair of scores; ${countText(equal)} of ${countText(sum)} on the diagonal.${cut === null ? '' : ` Dashed: the cut at ${cut}.`}`,
    width: plot.x + plot.size + 12,
    height: plot.y + plot.size + 44,
    panels: [
      {
        x: plot.x,
        y: plot.y,
        width: plot.size,
        height: plot.size,
        xAxis: {
          title: `${b} score`,
          ticks: columns.map(({ category }, column) => ({
            position: plot.x + cell * (column + 0.5),
            label: String(category),
          })),
        },
        yAxis: {
          title: `${a} score`,
          ticks: rows.map(({ category }, row) => ({
            position: plot.y + cell * (row + 0.5),
            label: String(category),
          })),
        },
        rules: cutRules(
          columns.findIndex(column => column.cutLeft),
          columns.length,
          cut === null ? '' : `cut ${asTick(cut)}`,
        ),
        series: [{ label: 'items', tone: 'human', shape: 'bar', marks }],
      },
    ],
    legend: [],
  };
}

/** A weight below 10 keeps one decimal, so that a cell that holds something never reads 0. */
function cellText(count: number): string {
  return Number.isInteger(count) || count >= 10 ? String(Math.round(count)) : count.toFixed(1);
}

function cutRules(before: number, categories: number, label: string): Rule[] {
  if (before < 0) return [];
  const x = plot.x + (plot.size * before) / categories;
  const y = plot.y + plot.size - (plot.size * before) / categories;
  return [
    { x1: x, x2: x, y1: plot.y, y2: plot.y + plot.size, kind: 'cut', label },
    { x1: plot.x, x2: plot.x + plot.size, y1: y, y2: y, kind: 'cut' },
  ];
}
