import type { Rubric } from '../../src/core/labels/rubric';
import { JudgeMark } from './Ladder';

const width = 84;
const height = 14;

/** The judge's scores of one rollout by turn, with the threshold as a line; the text says the same. */
export function Sparkline({ scores, rubric }: { scores: readonly (number | null)[]; rubric: Rubric }) {
  const given = scores.filter(score => score !== null);
  if (given.length === 0) return null;
  if (scores.length === 1) {
    return (
      <span class="lone-score" aria-label={`judge score ${String(given[0])}`}>
        <JudgeMark /> {given[0]}
      </span>
    );
  }
  const { min, max } = rubric.scale;
  const cut = rubric.thresholds[0] ?? max;
  const step = Math.min(8, width / Math.max(1, scores.length));
  const y = (score: number): number =>
    height - ((Math.min(max, Math.max(min, score)) - min) / (max - min)) * (height - 2) - 1;
  return (
    <svg
      class="spark"
      width={width}
      height={height}
      role="img"
      aria-label={`judge scores ${scores.map(score => score ?? '–').join(' ')}`}
    >
      <line x1={0} x2={width} y1={y(cut)} y2={y(cut)} class="cut" />
      {scores.map(
        (score, index) =>
          score !== null && (
            <rect
              key={index}
              x={index * step}
              width={Math.max(1, step - 1)}
              y={y(score)}
              height={height - y(score)}
              class={score >= cut ? 'over' : 'under'}
            />
          ),
      )}
    </svg>
  );
}
