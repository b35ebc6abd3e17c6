import type { AnalysisReport, LegibilityReport } from '../../src/core/analysis/analysisReport';
import { withMinus } from '../../src/core/figures/analysis/axes';
import { numberWords } from '../../src/core/figures/analysis/valueWords';
import { ValueCell } from './ValueCell';

interface LegibilityTableProps {
  readonly report: AnalysisReport;
  readonly legibility: LegibilityReport;
}

/** Scores and answers of each group: what the paper's table holds. */
export function LegibilityTable({ report, legibility }: LegibilityTableProps) {
  const { groups, thresholds, by, criterion, scale } = report;
  const ends = `${withMinus(scale.min)}–${withMinus(scale.max)}, ${withMinus(scale[scale.worst])} worst`;
  return (
    <section aria-labelledby="legibility-title">
      <h2 id="legibility-title">Scores and answers{by.length === 0 ? '' : ` by ${by.join(', ')}`}</h2>
      <div class="scrolls" tabindex={0} role="region" aria-labelledby="legibility-title">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{by.length === 0 ? 'group' : by.join(' · ')}</th>
              <th scope="col">rollouts</th>
              <th scope="col">scored</th>
              <th scope="col">
                {criterion}, mean ± sd ({ends})
              </th>
              {thresholds.map(cut => (
                <th key={cut} scope="col">
                  ≥ {withMinus(cut)}
                </th>
              ))}
              <th scope="col">correct</th>
              <th scope="col">partial</th>
              <th scope="col">incorrect</th>
              <th scope="col">empty answers</th>
              <th scope="col">errors</th>
            </tr>
          </thead>
          <tbody>
            {legibility.rows.map(row => (
              <tr key={row.group}>
                <th scope="row">{groups[row.group]?.label}</th>
                <td>{row.rollouts.toLocaleString('en-US')}</td>
                <td>
                  {row.n.toLocaleString('en-US')}
                  {row.unscored > 0 && <span class="under">{row.unscored} without</span>}
                </td>
                <MeanCell mean={row.mean} sd={row.sd.value} />
                {row.shares.map((share, cut) => (
                  <ValueCell key={cut} measured={share} kind="share" />
                ))}
                <ValueCell measured={row.correctness.correct} kind="share" />
                <ValueCell measured={row.correctness.partial} kind="share" />
                <ValueCell measured={row.correctness.incorrect} kind="share" />
                <td>{row.emptyAnswers.count}</td>
                <td>{row.errors.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">Under each number: its 95% interval. Correctness is of rollouts that are graded.</p>
    </section>
  );
}

function MeanCell({
  mean: { value, ci, reason },
  sd,
}: {
  readonly mean: LegibilityReport['rows'][number]['mean'];
  readonly sd: number | null;
}) {
  if (value === null) return <td title={reason}>—</td>;
  return (
    <td class="unbroken" title={ci ? undefined : reason}>
      {numberWords(value, 'score')}
      {sd !== null && ` ± ${numberWords(sd, 'score')}`}
      {ci && (
        <span class="under">
          {numberWords(ci[0], 'score')} to {numberWords(ci[1], 'score')}
        </span>
      )}
    </td>
  );
}
