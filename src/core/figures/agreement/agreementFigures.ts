import type { AgreementReport, PairReport } from '../../agreement/agreementReport';
import type { Questions } from '../../agreement/questions/questionsOf';
import type { Figure } from '../figure';
import { biasFigures } from './biasFigures';
import { blandAltmanFigure } from './blandAltmanFigure';
import { comparedPair } from './comparedPair';
import { comparisonFigure } from './comparisonFigure';
import { confusionFigure } from './confusionFigure';
import { correctedFigures } from './correctedFigures';
import { coverageFigure } from './coverageFigure';
import { distributionFigure } from './distributionFigure';
import { driftFigure } from './driftFigure';
import { gainFigure } from './gainFigure';
import { scatterFigure } from './scatterFigure';
import { thresholdFigure } from './thresholdFigure';
import { turnFigure } from './turnFigure';

/** A figure of the agreement report, under the question that it answers. */
export interface AgreementFigure extends Figure {
  readonly question: keyof Questions | 'coverage';
}

/**
 * All figures of a pair in the order of the report's questions: what page and Markdown both draw. `cut`: T of "score ≥ T"
 * where there is one. The questions about the judge have figures in the pairs of that judge alone.
 */
export function agreementFigures(
  report: AgreementReport,
  pair: PairReport,
  cut: number | null,
): readonly AgreementFigure[] {
  const compared = comparedPair(report, pair, cut);
  const judge = report.questions?.headline.answer?.judge;
  const asked = judge !== undefined && pair.a === judge;
  const under = (
    question: AgreementFigure['question'],
    figures: readonly (Figure | null)[],
  ): AgreementFigure[] => figures.flatMap(figure => (figure ? [{ ...figure, question }] : []));
  return [
    ...under('headline', [
      confusionFigure(compared, false),
      confusionFigure(compared, true),
      scatterFigure(compared),
      blandAltmanFigure(compared),
      distributionFigure(compared),
    ]),
    ...under('comparison', [comparisonFigure(compared)]),
    ...under('thresholds', asked ? [thresholdFigure(compared)] : []),
    ...under('corrected', asked ? correctedFigures(compared) : []),
    ...under('bias', [turnFigure(compared), ...(asked ? biasFigures(compared) : [])]),
    ...under('enough', asked ? [gainFigure(compared)] : []),
    ...under('drift', asked ? [driftFigure(compared)] : []),
    ...under('coverage', [coverageFigure(compared)]),
  ];
}
