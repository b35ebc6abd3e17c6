import type { AnalysisReport } from '../../src/core/analysis/analysisReport';
import { withMinus } from '../../src/core/figures/analysis/axes';
import { ValueCell } from './ValueCell';

/** The groups in numbers. */
export function GroupsTable({ report }: { readonly report: AnalysisReport }) {
  const { groups, thresholds, scores, by, clusterBy } = report;
  const labelled = scores === 'corrected';
  return (
    <section aria-labelledby="groups-title">
      <h2 id="groups-title">The groups in numbers</h2>
      <div class="scrolls" tabindex={0} role="region" aria-labelledby="groups-title">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{by.length === 0 ? 'group' : by.join(' · ')}</th>
              <th scope="col">rollouts</th>
              {clusterBy !== 'rollout' && <th scope="col">{clusterBy}s</th>}
              <th scope="col">scored turns</th>
              {labelled && <th scope="col">labels</th>}
              <th scope="col">mean, 95% interval</th>
              {thresholds.map(cut => (
                <th key={cut} scope="col">
                  share ≥ {withMinus(cut)}, 95% interval
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group, index) => (
              <tr key={index}>
                <th scope="row">{group.label}</th>
                <td>{group.rollouts.toLocaleString('en-US')}</td>
                {clusterBy !== 'rollout' && <td>{group.clusters.toLocaleString('en-US')}</td>}
                <td>{group.scored.toLocaleString('en-US')}</td>
                {labelled && <td>{(group.labelled ?? 0).toLocaleString('en-US')}</td>}
                <ValueCell measured={group.mean} kind="score" />
                {group.shares.map((share, cut) => (
                  <ValueCell key={cut} measured={share} kind="share" />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
