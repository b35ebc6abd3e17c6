import type { PairReport, ThresholdReport } from '../../src/core/agreement/agreementReport';
import type { ItemsBehind } from '../../src/core/figures/figure';
import { CutTableView } from './CutTableView';
import { MeasureTable } from './MeasureTable';
import { NoIntervalNotes } from './NoIntervalNotes';
import type { Sides } from './sides';

interface CutSectionProps {
  readonly pair: PairReport;
  readonly sides: Sides;
  readonly cut: number | null;
  /** What reaching the rubric's first threshold is called; `null` at any other cut. */
  readonly meaning: string | null;
  onCut(cut: number): void;
  onOpen(behind: ItemsBehind): void;
}

/** Both sides at "score ≥ cut": the 2×2 table and its measures. Where there are several cuts, one is chosen here. */
export function CutSection({ pair, sides, cut, meaning, onCut, onOpen }: CutSectionProps) {
  const threshold = pair.thresholds.find(candidate => candidate.cut === cut);
  return (
    <div class="cut-section" role="group" aria-labelledby="cut-heading">
      <h3 id="cut-heading">
        {cut === null ? 'At a threshold' : `At ≥ ${cut}${meaning ? `: ${meaning}` : ''}`}
      </h3>
      {pair.thresholds.length > 1 && (
        <div class="choices" role="group" aria-label="Threshold">
          {pair.thresholds.map(candidate => (
            <button
              key={candidate.cut}
              type="button"
              aria-pressed={candidate.cut === cut}
              onClick={() => onCut(candidate.cut)}
            >
              ≥ {candidate.cut}
            </button>
          ))}
        </div>
      )}
      {threshold ? (
        <AtCut threshold={threshold} sides={sides} points={pair.points} onOpen={onOpen} />
      ) : (
        <p class="quiet">No threshold applies to these ratings.</p>
      )}
    </div>
  );
}

interface AtCutProps {
  readonly threshold: ThresholdReport;
  readonly sides: Sides;
  readonly points: PairReport['points'];
  onOpen(behind: ItemsBehind): void;
}

function AtCut({ threshold, sides, points, onOpen }: AtCutProps) {
  const caption = `Measures at the cut ${threshold.cut}, ${sides.b.short} being the reference`;
  return (
    <>
      <CutTableView threshold={threshold} sides={sides} points={points} onOpen={onOpen} />
      <MeasureTable caption={caption} measures={threshold.measures} sides={sides} compact />
      <NoIntervalNotes measures={threshold.measures} sides={sides} />
      <p class="note">The reference is {sides.b.name}.</p>
    </>
  );
}
