import { useEffect, useRef } from 'preact/hooks';
import type { Rubric } from '../../src/core/labels/rubric';
import { isTyped } from './typedScore';

interface Props {
  readonly rubric: Rubric;
  readonly own: number | 'cannot' | null;
  readonly judges: readonly number[];
  readonly consensus: number | 'cannot' | null;
  /** Digits typed so far, on a scale whose scores are typed. */
  readonly typed: string;
  readonly disabled: boolean;
  /** Scores act now; for a moment after an item came they don't. */
  readonly acts: boolean;
  readonly onScore: (value: number) => void;
}

/** The rubric as the control: one row a score, worst on top, both marks in place, the threshold as a line. Nothing is pre-filled. */
export function Ladder({ rubric, own, judges, consensus, typed, disabled, acts, onScore }: Props) {
  const { min, max } = rubric.scale;
  const cut = rubric.thresholds[0];
  const keyed = !isTyped(rubric.scale);
  const ladder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ladder.current?.querySelector('.considered')?.scrollIntoView({ block: 'nearest' });
  }, [typed]);
  const scores = Array.from({ length: max - min + 1 }, (_, index) => max - index);
  return (
    <div
      ref={ladder}
      class={keyed ? 'ladder' : 'ladder typed'}
      data-acts={acts}
      role="group"
      aria-label={`${rubric.title}: ${rubric.summary}`}
    >
      {scores.map(score => {
        const considered = typed === String(score);
        const mine = own === score;
        const judged = judges.includes(score);
        const settled = consensus === score;
        const words = [
          rubric.anchors[score],
          mine ? 'your score' : '',
          judged ? 'the judge’s score' : '',
          settled ? 'the consensus' : '',
        ]
          .filter(Boolean)
          .join(', ');
        return (
          <button
            key={score}
            type="button"
            class={`rung ${score === cut ? 'cut' : ''} ${considered ? 'considered' : ''}`}
            aria-pressed={mine}
            aria-label={words ? `${String(score)}: ${words}` : String(score)}
            disabled={disabled}
            data-score={score}
            onClick={() => onScore(score)}
          >
            {/* The key is drawn by the style sheet: a name has to hold all the text that is seen, and the key is none of it. */}
            {keyed && <kbd data-sign={score === 10 ? 't' : score} aria-hidden="true" />}
            <span class="number">{score}</span>{' '}
            <span class="anchor" title={rubric.anchors[score]}>
              {rubric.anchors[score] ?? ''}
            </span>
            <span class="marks">
              {considered && <kbd aria-hidden="true">Enter</kbd>}
              {settled && <ConsensusMark />}
              {judged && <JudgeMark />}
              {mine && <OwnMark />}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** Hollow diamond: the judge, everywhere. */
export function JudgeMark() {
  return (
    <svg class="mark judge" width="14" height="14" aria-hidden="true">
      <path d="M7 1.5 12.5 7 7 12.5 1.5 7Z" />
    </svg>
  );
}

/** Square: what the raters settled on. */
export function ConsensusMark() {
  return (
    <svg class="mark settled" width="14" height="14" aria-hidden="true">
      <path d="M3 3h8v8h-8Z" />
    </svg>
  );
}

/** Filled circle: the human, everywhere. */
export function OwnMark() {
  return (
    <svg class="mark own" width="14" height="14" aria-hidden="true">
      <circle cx="7" cy="7" r="5" />
    </svg>
  );
}
