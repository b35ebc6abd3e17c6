import type { AnalysisReport, WorstItem } from '../../src/core/analysis/analysisReport';
import { turnKey } from '../../src/core/analysis/analysisInput';
import { withMinus } from '../../src/core/figures/analysis/axes';
import type { ItemsBehind } from '../../src/core/figures/figure';

interface WorstListProps {
  readonly report: AnalysisReport;
  readonly worst: readonly WorstItem[];
  onOpen(behind: ItemsBehind): void;
}

/** The items that the judge scored worst; each opens in the editor. */
export function WorstList({ report, worst, onOpen }: WorstListProps) {
  if (worst.length === 0) return null;
  return (
    <section aria-labelledby="worst-title">
      <h2 id="worst-title">Which items are worst?</h2>
      <div class="scrolls" tabindex={0} role="region" aria-labelledby="worst-title">
        <table class="worst">
          <thead>
            <tr>
              <th scope="col">{report.criterion}</th>
              <th scope="col">item</th>
              <th scope="col">provider</th>
              <th scope="col">answer</th>
              <th scope="col">what the judge says</th>
            </tr>
          </thead>
          <tbody>
            {worst.map(({ rollout, turn, score, provider, correctness, explanation }) => (
              <tr key={turnKey(rollout, turn)}>
                <td class="score">{withMinus(score)}</td>
                <td>
                  <button
                    type="button"
                    class="opens"
                    onClick={() => onOpen({ kind: 'units', title: rollout, units: [turnKey(rollout, turn)] })}
                  >
                    {rollout} · turn {turn}
                  </button>
                </td>
                <td>{provider ?? '—'}</td>
                <td>{correctness ?? '—'}</td>
                <td class="words">{explanation === '' ? '—' : explanation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
