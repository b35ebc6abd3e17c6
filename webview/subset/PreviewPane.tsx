import type { SubsetFormState } from '../../src/protocol/subsetProtocol';
import { Notice } from '../report/Notice';
import { Forecast } from './Forecast';
import { Histogram } from './Histogram';
import { drawnSentence } from './previewWords';
import { RaterTable } from './RaterTable';
import { StrataTable } from './StrataTable';
import type { Preview } from './usePreview';

interface PreviewPaneProps {
  readonly state: SubsetFormState;
  readonly preview: Preview;
  /** Every field holds a value. */
  readonly isComplete: boolean;
  /** What the last command failed with. */
  readonly failure: string | null;
}

export const needsValue = 'A field of the form needs another value.';

/** What the choices would give, counted by the host from the whole file. */
export function PreviewPane({ state, preview, isComplete, failure }: PreviewPaneProps) {
  const waiting = preview.kind === 'waiting';
  const shown = preview.kind === 'shown' ? preview : preview.last;
  return (
    <div class="preview" aria-busy={waiting && isComplete}>
      {failure !== null && <Notice kind="error" text={failure} />}
      {preview.kind === 'refused' && <Notice kind="error" text={preview.reason} />}
      {waiting && !isComplete && <Notice kind="empty" text={needsValue} />}
      {waiting && isComplete && (state.scanning || !shown) && (
        <Notice kind="loading" text={state.scanning ? 'Reading the rest of the file …' : 'Drawing …'} />
      )}
      {shown && (
        <div class={preview.kind === 'shown' ? '' : 'old'}>
          <p class="lead" aria-live="polite">
            {drawnSentence(shown.numbers, shown.options.design)}
          </p>
          <Forecast {...shown} judged={state.judgeRuns.length > 0} />
          {shown.numbers.warnings.length > 0 && (
            <section aria-labelledby="warnings-heading">
              <h2 id="warnings-heading">Before you create it</h2>
              <ul class="warnings">
                {shown.numbers.warnings.map(warning => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </section>
          )}
          {shown.numbers.load.length > 0 && <RaterTable load={shown.numbers.load} />}
          <section aria-labelledby="histogram-heading">
            <h2 id="histogram-heading">Judge scores in the file and in the subset</h2>
            {state.judgeRuns.length === 0 ? (
              <p class="quiet">The file has no {state.rubric.criterion} scores of a judge.</p>
            ) : (
              <Histogram histogram={shown.numbers.histogram} cut={state.rubric.thresholds[0] ?? null} />
            )}
          </section>
          <StrataTable strata={shown.numbers.strata} />
        </div>
      )}
    </div>
  );
}
