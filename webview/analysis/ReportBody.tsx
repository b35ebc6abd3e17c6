import { useMemo } from 'preact/hooks';
import type { AnalysisReport } from '../../src/core/analysis/analysisReport';
import { intervalsText } from '../../src/core/analysis/analysisWords';
import { analysisFigures } from '../../src/core/figures/analysis/analysisFigures';
import { analysisSentence } from '../../src/core/figures/analysis/analysisSentence';
import type { ItemsBehind } from '../../src/core/figures/figure';
import { FigureView } from '../figure/FigureView';
import { GroupsTable } from './GroupsTable';
import { LegibilityTable } from './LegibilityTable';
import { WorstList } from './WorstList';

interface ReportBodyProps {
  readonly report: AnalysisReport;
  onOpen(behind: ItemsBehind): void;
}

/** A figure of small multiples or wider than half the page takes a row of its own. */
const half = 600;

/** The run in a sentence, its figures and tables, and how they were counted. */
export function ReportBody({ report, onOpen }: ReportBodyProps) {
  const figures = useMemo(() => analysisFigures(report), [report]);
  const { legibility, refusals, notes } = report;
  return (
    <>
      <p class="lead">{analysisSentence(report)}</p>
      {refusals.map(refusal => (
        <p key={refusal} class="refusal">
          {refusal}
        </p>
      ))}
      {legibility && <LegibilityTable report={report} legibility={legibility} />}
      <div class="analysis-figures">
        {figures.map(figure => (
          <section
            key={figure.id}
            class={figure.width > half ? 'wide' : ''}
            aria-labelledby={`${figure.id}-title`}
          >
            <h2 id={`${figure.id}-title`}>{figure.title}</h2>
            <FigureView figure={figure} onOpen={onOpen} />
          </section>
        ))}
      </div>
      {legibility ? (
        <WorstList report={report} worst={legibility.worst} onOpen={onOpen} />
      ) : (
        <GroupsTable report={report} />
      )}
      <section aria-labelledby="counted-title">
        <h2 id="counted-title">How they were counted</h2>
        <ul class="counted">
          {[intervalsText(report), ...notes].map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
