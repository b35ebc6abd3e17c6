import type { PairReport } from '../../src/core/agreement/agreementReport';
import { confusionMatrix, type MatrixRow } from '../../src/core/plots/confusionMatrix';
import { AxisTitles } from './AxisTitles';
import { count, counted } from './numbers';
import type { Sides } from './sides';

/** More categories than this leave no room for counts in the cells: they are told on hovering. */
const mostWithCounts = 16;

interface ConfusionTableProps {
  readonly pair: PairReport;
  readonly sides: Sides;
  readonly cut: number | null;
}

/** How many turns got which pair of scores: a table that is laid out like the scatter beside it. */
export function ConfusionTable({ pair, sides, cut }: ConfusionTableProps) {
  if (!pair.confusion) {
    const reason = pair.measures['cohenKappa']?.reason ?? 'the ratings have no categories';
    return <p class="quiet">No table: {reason}.</p>;
  }
  const { columns, rows } = confusionMatrix(pair.confusion, cut);
  const dense = columns.length > mostWithCounts;
  const equal = pair.confusion.counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return (
    <>
      <div class="axes">
        <AxisTitles sides={sides} />
        <div class="matrix" style={{ '--categories': String(columns.length) }}>
          <table class={dense ? 'dense' : ''}>
            <caption class="sr">
              Turns by score: a row for each score of {sides.a.short}, highest first, a column for each score
              of {sides.b.short}.
            </caption>
            <thead>
              <tr>
                <td />
                {columns.map(({ category }) => (
                  <th key={category} scope="col">
                    {category}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <Row key={row.category} row={row} columns={columns} sides={sides} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <figcaption>
        Turns with each pair of scores; {count(equal)} of {count(pair.n)} lie on the diagonal.
        {cut !== null && ` Dashed: the cut at ${cut}.`}
      </figcaption>
    </>
  );
}

interface RowProps {
  readonly row: MatrixRow;
  readonly columns: ReturnType<typeof confusionMatrix>['columns'];
  readonly sides: Sides;
}

function Row({ row, columns, sides }: RowProps) {
  return (
    <tr class={row.cutBelow ? 'cut-below' : ''}>
      <th scope="row">{row.category}</th>
      {row.cells.map((cell, index) => {
        const column = columns[index];
        const classes = `heat-${cell.level}${cell.equal ? ' equal' : ''}${column?.cutLeft ? ' cut-left' : ''}`;
        const said = `${sides.b.short} ${column?.category}, ${sides.a.short} ${row.category}: ${counted(cell.count, 'turn')}`;
        return (
          <td key={column?.category} class={classes} title={cell.count > 0 ? said : undefined}>
            {cell.count > 0 ? count(cell.count) : <span class="sr">0</span>}
          </td>
        );
      })}
    </tr>
  );
}
