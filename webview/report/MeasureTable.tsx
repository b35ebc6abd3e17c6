import type { MeasureValue, Measures } from '../../src/core/agreement/agreementReport';
import { forest, type Forest, type ForestRow } from '../../src/core/figures/forest';
import { ForestAxis } from './ForestStrip';
import { MeasureRow } from './MeasureRow';
import { measureWords, type MeasureKind, type MeasureWords } from './measureWords';
import type { Sides } from './sides';

interface MeasureTableProps {
  readonly caption: string;
  readonly measures: Measures;
  readonly sides?: Sides;
  /** Leaves method and analytic out, and the names of the groups. */
  readonly compact?: boolean;
}

/** Measures in groups that share an axis, each a row of numbers with its place in a forest plot. */
export function MeasureTable({ caption, measures, sides, compact = false }: MeasureTableProps) {
  const groups = groupsOf(measures, sides, compact ? [together] : axes);
  const analytic = !compact && Object.values(measures).some(measure => measure.analyticCi);
  const columns = compact ? 4 : analytic ? 6 : 5;
  return (
    <>
      <table class={compact ? 'measures compact' : 'measures'}>
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">measure</th>
            <th scope="col" class="number">
              value
            </th>
            <th scope="col">95% interval</th>
            <td class="strip-cell">
              {compact && groups[0] && <ForestAxis ticks={groups[0].forest.ticks} />}
            </td>
            {analytic && (
              <th scope="col" class="aside">
                analytic
              </th>
            )}
            {!compact && (
              <th scope="col" class="aside">
                method
              </th>
            )}
          </tr>
        </thead>
        {groups.map(group => (
          <tbody key={group.heading}>
            {!compact && (
              <tr class="group">
                <th scope="rowgroup" colSpan={3}>
                  {group.heading}
                </th>
                <td class="strip-cell">
                  {group.rows.some(row => row.measure.value !== null) && (
                    <ForestAxis ticks={group.forest.ticks} />
                  )}
                </td>
                <td colSpan={columns - 4} class="aside" />
              </tr>
            )}
            {group.rows.map(row => (
              <MeasureRow
                key={row.id}
                {...row}
                ticks={group.forest.ticks}
                analytic={analytic}
                compact={compact}
                sides={sides}
              />
            ))}
          </tbody>
        ))}
      </table>
      {analytic && (
        <p class="note">
          Analytic: the interval of the measure’s own source, which takes turns to be independent.
        </p>
      )}
    </>
  );
}

interface Group {
  readonly heading: string;
  readonly forest: Forest;
  readonly rows: readonly {
    readonly id: string;
    readonly words: MeasureWords;
    readonly measure: MeasureValue;
    readonly place: ForestRow;
  }[];
}

interface Axis {
  readonly heading: string;
  readonly kinds: readonly MeasureKind[];
  /** What the axis reaches at least; coefficients crowd at its upper end, so that theirs begins where they do. */
  readonly least: number;
  readonly most: number;
  readonly ticks: number;
}

const together: Axis = { heading: '', kinds: ['share', 'coefficient'], least: 0, most: 1, ticks: 2 };
const axes: readonly Axis[] = [
  {
    heading: 'Coefficients: 1 at best, 0 by chance',
    kinds: ['coefficient'],
    least: 1,
    most: 1,
    ticks: 5,
  },
  { heading: 'Shares of turns', kinds: ['share'], least: 0, most: 1, ticks: 5 },
  { heading: 'Points of the scale', kinds: ['difference', 'points'], least: 0, most: 1, ticks: 5 },
];

function groupsOf(measures: Measures, sides: Sides | undefined, shown: readonly Axis[]): Group[] {
  const all = Object.entries(measures).map(([id, measure]) => ({
    id,
    measure,
    words: measureWords(id, sides),
  }));
  return shown.flatMap(({ heading, kinds, least, most, ticks }) => {
    const held = all.filter(({ words }) => kinds.includes(words.kind));
    if (held.length === 0) return [];
    const drawn = forest(
      held.map(({ measure }) => measure),
      least,
      most,
      ticks,
    );
    const none: ForestRow = { value: null, interval: null };
    return [
      {
        heading,
        forest: drawn,
        rows: held.map((row, index) => ({ ...row, place: drawn.rows[index] ?? none })),
      },
    ];
  });
}
