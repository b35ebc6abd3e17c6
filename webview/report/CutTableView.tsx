import type { ThresholdReport } from '../../src/core/agreement/agreementReport';
import { Mark } from './Mark';
import { count } from './numbers';
import type { Sides } from './sides';

interface CutTableViewProps {
  readonly threshold: ThresholdReport;
  readonly sides: Sides;
}

/** The 2×2 table of a cut with its sums; as in the matrix, the human is along x and the judge along y. */
export function CutTableView({ threshold: { cut, table }, sides: { a, b } }: CutTableViewProps) {
  const { bothAtOrAbove, onlyA, onlyB, neither } = table;
  const rows = [
    { key: 'at', head: `${a.short} ≥ ${cut}`, below: onlyA, at: bothAtOrAbove },
    { key: 'below', head: `${a.short} < ${cut}`, below: neither, at: onlyB },
  ] as const;
  return (
    <table class="cut-table">
      <caption class="sr">
        Turns at or above {cut} and below it, by {a.short} and {b.short}
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {b.short} &lt; {cut} <Mark kind={b.mark} />
          </th>
          <th scope="col">
            {b.short} ≥ {cut} <Mark kind={b.mark} />
          </th>
          <th scope="col">all</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.key}>
            <th scope="row">
              {row.head} <Mark kind={a.mark} />
            </th>
            <td class={row.key === 'below' ? 'same' : ''}>{count(row.below)}</td>
            <td class={row.key === 'at' ? 'same' : ''}>{count(row.at)}</td>
            <td>{count(row.below + row.at)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">all</th>
          <td>{count(onlyA + neither)}</td>
          <td>{count(bothAtOrAbove + onlyB)}</td>
          <td>{count(bothAtOrAbove + onlyA + onlyB + neither)}</td>
        </tr>
      </tbody>
    </table>
  );
}
