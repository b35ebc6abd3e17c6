import { useMemo } from 'preact/hooks';
import type { AgreementReport, PairReport } from '../../src/core/agreement/agreementReport';
import type { ReportState } from '../../src/protocol/reportProtocol';
import { ConfusionTable } from './ConfusionTable';
import { cautionsOf, countedFacts } from './countedFacts';
import { CountedSection } from './CountedSection';
import { CutSection } from './CutSection';
import { KeyNumbers } from './KeyNumbers';
import { Lead } from './Lead';
import { MeasureTable } from './MeasureTable';
import { QuestionsSection } from './QuestionsSection';
import { resultSentence } from './resultSentence';
import { ScatterPlot } from './ScatterPlot';
import { sidesOf } from './sides';

interface PairViewProps {
  readonly state: ReportState;
  readonly report: AgreementReport;
  readonly pair: PairReport;
  /** The cut chosen by the reader; the rubric's first where there is none. */
  readonly cut: number | null;
  onCut(cut: number): void;
  onOpen(unit: string): void;
}

/** All that is known of one pair, from the sentence to the small print. */
export function PairView({ state, report, pair, cut, onCut, onOpen }: PairViewProps) {
  const sides = useMemo(
    () =>
      sidesOf(
        pair,
        state.labels.map(label => label.rater),
      ),
    [pair, state],
  );
  const cuts = pair.thresholds.map(threshold => threshold.cut);
  const [declared = null] = state.rubric.thresholds;
  const first = declared !== null && cuts.includes(declared) ? declared : (cuts[0] ?? null);
  const shown = cut !== null && cuts.includes(cut) ? cut : first;
  const meaning = shown === declared ? state.rubric.thresholdMeaning : null;
  const facts = countedFacts(state, report, pair, sides);
  const cautions = cautionsOf(report, pair);
  if (pair.n === 0) {
    return (
      <>
        <Lead phrases={resultSentence(report, pair, sides)} />
        {report.questions && <QuestionsSection questions={report.questions} />}
        <CountedSection facts={facts} cautions={cautions} />
      </>
    );
  }
  return (
    <>
      <Lead phrases={resultSentence(report, pair, sides)} />
      <KeyNumbers pair={pair} sides={sides} cut={first} />
      <div class="figures">
        <section aria-labelledby="matrix-heading">
          <h2 id="matrix-heading">Where they put each turn</h2>
          <figure aria-labelledby="matrix-heading">
            <ConfusionTable pair={pair} sides={sides} cut={shown} />
          </figure>
        </section>
        <section aria-labelledby="scatter-heading">
          <h2 id="scatter-heading">
            {sides.judged ? 'Judge against human' : `${sides.a.short} against ${sides.b.short}`}
          </h2>
          <figure aria-labelledby="scatter-heading">
            <ScatterPlot pair={pair} sides={sides} scale={report.scale} cut={shown} onOpen={onOpen} />
          </figure>
        </section>
        <CutSection pair={pair} sides={sides} cut={shown} meaning={meaning} onCut={onCut} />
      </div>
      {report.questions && <QuestionsSection questions={report.questions} />}
      <section aria-labelledby="measures-heading">
        <h2 id="measures-heading">All measures</h2>
        <MeasureTable
          caption={`All measures of ${sides.a.name} and ${sides.b.name}`}
          measures={pair.measures}
          sides={sides}
        />
      </section>
      {report.overall && (
        <section aria-labelledby="overall-heading">
          <h2 id="overall-heading">All raters together</h2>
          <p class="note">
            {report.overall.raters.join(', ')}: {report.overall.n} turns that at least two of them scored.
          </p>
          <MeasureTable caption="All raters together" measures={report.overall.measures} />
        </section>
      )}
      <CountedSection facts={facts} cautions={cautions} />
    </>
  );
}
