import type { PairPoint, ThresholdReport } from '../../src/core/agreement/agreementReport';
import { pointsBehind } from '../../src/core/figures/agreement/comparedPair';
import type { ItemsBehind } from '../../src/core/figures/figure';
import { CountButton } from './CountButton';
import { Mark } from './Mark';
import type { Sides } from './sides';

interface CutTableViewProps {
  readonly threshold: ThresholdReport;
  readonly sides: Sides;
  readonly points: readonly PairPoint[] | undefined;
  onOpen(behind: ItemsBehind): void;
}

/** The 2×2 table of a cut with its sums; as in the matrix, the human is along x and the judge along y. */
export function CutTableView({
  threshold: { cut, table },
  sides: { a, b },
  points,
  onOpen,
}: CutTableViewProps) {
  const { bothAtOrAbove, onlyA, onlyB, neither } = table;
  const rows = [
    { at: true, head: `${a.short} ≥ ${cut}`, below: onlyA, above: bothAtOrAbove },
    { at: false, head: `${a.short} < ${cut}`, below: neither, above: onlyB },
  ];
  /** `null`: whatever the side gave. */
  const counted = (value: number, atA: boolean | null, atB: boolean | null) => {
    const sides = [
      ...(atA === null ? [] : [`${a.short} ${atA ? '≥' : '<'} ${cut}`]),
      ...(atB === null ? [] : [`${b.short} ${atB ? '≥' : '<'} ${cut}`]),
    ];
    const title = sides.join(', ') || `scored by ${a.short} and ${b.short}`;
    const { behind } = pointsBehind(
      title,
      points,
      point => (atA === null || point.a >= cut === atA) && (atB === null || point.b >= cut === atB),
    );
    return <CountButton value={value} behind={behind} onOpen={onOpen} />;
  };
  const cell = (value: number, atA: boolean, atB: boolean) => (
    <td class={atA === atB ? 'same' : ''}>{counted(value, atA, atB)}</td>
  );
  return (
    <table class="cut-table">
      <caption class="sr">
        Items at or above {cut} and below it, by {a.short} and {b.short}
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
          <tr key={row.head}>
            <th scope="row">
              {row.head} <Mark kind={a.mark} />
            </th>
            {cell(row.below, row.at, false)}
            {cell(row.above, row.at, true)}
            <td>{counted(row.below + row.above, row.at, null)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">all</th>
          <td>{counted(onlyA + neither, null, false)}</td>
          <td>{counted(bothAtOrAbove + onlyB, null, true)}</td>
          <td>{counted(bothAtOrAbove + onlyA + onlyB + neither, null, null)}</td>
        </tr>
      </tbody>
    </table>
  );
}
