import { useMemo } from 'preact/hooks';
import type { AgreementReport, PairReport } from '../../src/core/agreement/agreementReport';
import { questionTexts } from '../../src/core/agreement/questionTexts';
import { averageHead } from '../../src/core/agreement/tableHeads';
import { agreementFigures } from '../../src/core/figures/agreement/agreementFigures';
import type { ItemsBehind } from '../../src/core/figures/figure';
import type { ReportState } from '../../src/protocol/reportProtocol';
import { cautionsOf, countedFacts } from './countedFacts';
import { CountedSection } from './CountedSection';
import { CutSection } from './CutSection';
import { KeyNumbers } from './KeyNumbers';
import { Lead } from './Lead';
import { MeasuresSection } from './MeasuresSection';
import { QuestionSection } from './QuestionSection';
import { resultSentence } from './resultSentence';
import { sidesOf } from './sides';
import { StrataTable } from './StrataTable';

interface PairViewProps {
  readonly state: ReportState;
  readonly report: AgreementReport;
  readonly pair: PairReport;
  /** The cut chosen by the reader; the rubric's first where there is none. */
  readonly cut: number | null;
  onCut(cut: number): void;
  onOpen(behind: ItemsBehind): void;
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
  const figures = useMemo(() => agreementFigures(report, pair, shown), [report, pair, shown]);
  const under = (question: string) => figures.filter(figure => figure.question === question);
  const asked = report.questions ? questionTexts(report.questions) : [];
  const sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly sentences?: readonly string[];
  }[] = asked.length > 0 ? asked : [...new Set(figures.map(({ question }) => question))].map(plainSection);
  const average = report.average?.find(({ judge }) => judge === pair.a);
  return (
    <>
      <Lead phrases={resultSentence(report, pair, sides)} />
      {pair.n > 0 && <KeyNumbers pair={pair} sides={sides} cut={first} />}
      {sections.map(({ id, title, sentences }) => (
        <QuestionSection
          key={id}
          id={id}
          title={title}
          {...(sentences === undefined ? {} : { sentences })}
          refused={isRefused(report, id)}
          figures={under(id)}
          onOpen={onOpen}
        >
          {id === 'thresholds' && pair.n > 0 && (
            <CutSection
              pair={pair}
              sides={sides}
              cut={shown}
              meaning={meaning}
              onCut={onCut}
              onOpen={onOpen}
            />
          )}
        </QuestionSection>
      ))}
      <QuestionSection id="coverage" title="What was left out?" figures={under('coverage')} onOpen={onOpen} />
      {report.subset && <StrataTable subset={report.subset} />}
      {pair.n > 0 && (
        <MeasuresSection
          id="measures"
          title="All measures"
          caption={`All measures of ${sides.a.name} and ${sides.b.name}`}
          measures={pair.measures}
          sides={sides}
        />
      )}
      {pair.unweighted && (
        <MeasuresSection
          id="unweighted"
          title="The same items, unweighted"
          caption={`Measures of ${sides.a.name} and ${sides.b.name}, each item counting once`}
          note="Each item counts once: these describe the labelled items, not the run."
          measures={pair.unweighted}
          sides={sides}
        />
      )}
      {average && (
        <MeasuresSection
          id="average"
          title="The judge against the average of the raters"
          caption={`Measures of ${average.judge} against the average of the raters`}
          note={`${average.raters.join(', ')}: ${average.n} items. ${averageHead}`}
          measures={average.measures}
        />
      )}
      {report.overall && report.overall.n > 0 && (
        <MeasuresSection
          id="overall"
          title="All raters together"
          caption="All raters together"
          note={`${report.overall.raters.join(', ')}: ${report.overall.n} items that at least two of them scored.`}
          measures={report.overall.measures}
        />
      )}
      <CountedSection facts={facts} cautions={cautions} onOpen={onOpen} />
    </>
  );
}

/** Where the questions were not asked, their figures stand under a plain heading. */
function plainSection(question: string) {
  return { id: question, title: question === 'bias' ? 'By turn' : 'How well do they agree?' };
}

function isRefused({ questions }: AgreementReport, id: string): boolean {
  return Object.entries(questions ?? {}).some(([name, { refused }]) => name === id && refused !== undefined);
}
