import { useState } from 'preact/hooks';
import type { AnalysisChoice } from '../../src/protocol/analysisProtocol';
import { CountingBar } from '../report/CountingBar';
import { Notice } from '../report/Notice';
import { AnalysisHeader } from './AnalysisHeader';
import { Controls } from './Controls';
import { ReferenceBar } from './ReferenceBar';
import { ReportBody } from './ReportBody';
import { useAnalysis, type AnalysisHost, type AnalysisView } from './useAnalysis';

interface AnalysisPageProps {
  readonly host: AnalysisHost;
  /** What was chosen before the page was hidden; `null` at its first opening. */
  readonly choice: AnalysisChoice | null;
  onChoice(choice: AnalysisChoice): void;
}

/** The page: a choice that changes is counted again by the host, the former numbers stand meanwhile. */
export function AnalysisPage({ host, choice: kept, onChoice }: AnalysisPageProps) {
  const view = useAnalysis(host, kept);
  const { state, busy, slow, progress, failure, load, cancel } = view;
  const [said, setSaid] = useState('');
  const [chosen, setChosen] = useState(kept);
  const choice = chosen ?? state?.choice ?? null;

  const command = async <Result,>(sent: Promise<Result>, done: (result: Result) => string) => {
    setSaid('');
    try {
      setSaid(done(await sent));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const count = (name: 'ready' | 'refresh', by: AnalysisChoice | null) => {
    setSaid('');
    void load(name, by);
  };
  const choose = (next: AnalysisChoice) => {
    setChosen(next);
    onChoice(next);
    count('ready', next);
  };

  if (!state || !choice) {
    return (
      <main aria-busy={busy}>
        <h1>Analysis</h1>
        {busy && slow && <CountingBar progress={progress} onCancel={cancel} />}
        {busy && !slow && <Notice kind="loading" text="Counting …" />}
        {!busy && (
          <Notice
            kind={failure === null ? 'empty' : 'error'}
            text={failure ?? 'Counting was cancelled: there is no analysis yet.'}
          >
            <vscode-button data-counts onClick={() => count('ready', chosen)}>
              {failure === null ? 'Count Again' : 'Retry'}
            </vscode-button>
          </Notice>
        )}
      </main>
    );
  }
  const { report, rubric, file, empty } = state;
  return (
    <main aria-busy={busy}>
      <AnalysisHeader
        criterion={rubric.criterion}
        file={file}
        isMade={report !== null}
        status={statusOf(view, said)}
        onRefresh={() => count('refresh', choice)}
        onCopy={() => void command(host.request('copyMarkdown', {}), () => 'Copied.')}
        onSave={() =>
          void command(host.request('saveFigures', {}), saved =>
            saved === null ? '' : `Saved ${saved === 1 ? '1 figure' : `${String(saved)} figures`}.`,
          )
        }
      />
      <Controls state={state} choice={choice} onChoose={choose} />
      {rubric.part === 'reasoning' && (
        <ReferenceBar
          reference={state.reference}
          onChoose={() =>
            void command(host.request('chooseReference', {}), isNew => {
              if (isNew) void load('ready', choice);
              return '';
            })
          }
          onDrop={() =>
            void command(host.request('dropReference', {}), () => {
              void load('ready', choice);
              return '';
            })
          }
        />
      )}
      {busy && slow && <CountingBar progress={progress} onCancel={cancel} />}
      {failure !== null && (
        <Notice kind="error" text={failure}>
          <vscode-button data-counts onClick={() => count('refresh', choice)}>
            Retry
          </vscode-button>
        </Notice>
      )}
      {report ? (
        <ReportBody
          report={report}
          onOpen={behind => void command(host.request('openItems', { behind }), () => '')}
        />
      ) : (
        <Notice kind="empty" text={empty ?? 'There is nothing to count.'} />
      )}
    </main>
  );
}

/** What is announced: beginning and end of a computation, not each step. */
function statusOf({ busy, slow, ended }: AnalysisView, said: string): string {
  // The bar says it in sight.
  if (busy) return slow ? '' : 'Counting again …';
  if (said !== '') return said;
  if (ended === 'cancelled') return 'Cancelled: these are the former numbers.';
  return ended === 'refresh' ? 'Counted again.' : '';
}
