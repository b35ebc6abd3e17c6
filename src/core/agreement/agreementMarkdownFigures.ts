import { agreementFigures, type AgreementFigure } from '../figures/agreement/agreementFigures';
import { figureSvg } from '../figures/figureSvg';
import type { AgreementReport, PairReport } from './agreementReport';
import { agreementMarkdown, type MarkdownSubject } from './agreementMarkdown';
import type { Questions } from './questions/questionsOf';

/** A figure that the Markdown links to. */
export interface MarkdownFigure {
  /** From the Markdown file, with slashes. */
  readonly path: string;
  readonly alt: string;
  /** The question that it stands under, or the index of its pair. */
  readonly under: keyof Questions | number;
}

/** A report as files: its Markdown, and the SVG figures that it links to by their names in a folder beside it. */
export interface ReportFiles {
  readonly markdown: string;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
}

/** `folder`: the name of the figures' folder. `cut`: of the pairs that have it, the first one of the others. The figures of the first pair stand under the questions, of others in the pair. */
export function reportFiles(
  report: AgreementReport,
  subject: MarkdownSubject | undefined,
  folder: string,
  cut: number | null = null,
): ReportFiles {
  const drawn = report.pairs.flatMap((pair, index) =>
    agreementFigures(report, pair, cutOf(pair, cut)).map(figure => ({
      figure,
      name: index === 0 ? `${figure.id}.svg` : `${figure.id}-${String(index + 1)}.svg`,
      under: placeOf(figure, index, report.questions !== undefined),
    })),
  );
  const links = drawn.map(({ figure, name, under }) => ({
    path: `${folder.split('/').map(encodeURIComponent).join('/')}/${name}`,
    alt: figure.summary,
    under,
  }));
  return {
    markdown: agreementMarkdown(report, subject, links),
    figures: drawn.map(({ figure, name }) => ({ name, svg: figureSvg(figure) })),
  };
}

function cutOf({ thresholds }: PairReport, asked: number | null): number | null {
  return (thresholds.find(({ cut }) => cut === asked) ?? thresholds[0])?.cut ?? null;
}

function placeOf({ question }: AgreementFigure, pair: number, asked: boolean): MarkdownFigure['under'] {
  return pair === 0 && asked && question !== 'coverage' ? question : pair;
}
