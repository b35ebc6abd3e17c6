import { useState } from 'preact/hooks';
import { CountingBar } from './CountingBar';
import { Notice } from './Notice';
import { PairChooser, pairName } from './PairChooser';
import { PairView } from './PairView';
import { ReportHeader, type ReportCommand } from './ReportHeader';
import { useReport } from './useReport';
import type { ReportHost, ReportView } from './useReport';

/** What the reader chose, kept by VS Code while the page is hidden. */
export interface Choice {
  readonly pair?: string;
  readonly cut?: number;
}

const noPair = 'There is no pair to compare yet: it takes a judge and a rater, or two raters.';

interface ReportPageProps {
  readonly host: ReportHost;
  readonly choice: Choice;
  onChoice(choice: Choice): void;
}

/** The page: it says `ready`, and asks for nothing else before that is answered. */
export function ReportPage({ host, choice: kept, onChoice }: ReportPageProps) {
  const view = useReport(host);
  const { state, busy, slow, progress, failure, load, cancel } = view;
  const [said, setSaid] = useState('');
  const [choice, setChoice] = useState(kept);

  const command = async <Result,>(sent: Promise<Result>, done: (result: Result) => string) => {
    setSaid('');
    try {
      setSaid(done(await sent));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const refresh = () => {
    setSaid('');
    void load('refresh');
  };
  const choose = (next: Choice) => {
    setChoice(next);
    onChoice(next);
  };

  if (!state) {
    return (
      <main aria-busy={busy}>
        <h1>Agreement</h1>
        {busy && slow && <CountingBar progress={progress} onCancel={cancel} />}
        {busy && !slow && <Notice kind="loading" text="Counting …" />}
        {!busy && (
          <Notice
            kind={failure === null ? 'empty' : 'error'}
            text={failure ?? 'Counting was cancelled: there is no report yet.'}
          >
            <vscode-button data-counts onClick={() => void load('ready')}>
              {failure === null ? 'Count Again' : 'Retry'}
            </vscode-button>
          </Notice>
        )}
      </main>
    );
  }
  const { report } = state;
  const pairs = report?.pairs ?? [];
  const index = Math.max(
    0,
    pairs.findIndex(candidate => pairName(candidate) === choice.pair),
  );
  const pair = pairs[index];
  return (
    <main aria-busy={busy}>
      <ReportHeader
        criterion={state.rubric.criterion}
        file={state.file}
        subset={report?.subset?.name ?? null}
        copyable={pair !== undefined}
        status={statusOf(view, said)}
        onRefresh={refresh}
        onCommand={name =>
          void command<string | null>(
            name === 'saveMarkdown'
              ? host.request(name, { cut: choice.cut ?? null })
              : host.request(name, {}),
            result => doneWords(name, result),
          )
        }
      >
        <PairChooser
          pairs={pairs}
          chosen={index}
          onChoose={to => choose({ ...choice, pair: pairName(pairs[to] ?? { a: '', b: '' }) })}
        />
      </ReportHeader>
      {busy && slow && <CountingBar progress={progress} onCancel={cancel} />}
      {failure !== null && (
        <Notice kind="error" text={failure}>
          <vscode-button onClick={refresh}>Retry</vscode-button>
        </Notice>
      )}
      {report && pair ? (
        <PairView
          key={pairName(pair)}
          state={state}
          report={report}
          pair={pair}
          cut={choice.cut ?? null}
          onCut={cut => choose({ ...choice, cut })}
          onOpen={behind => void command(host.request('openItems', { behind }), () => '')}
        />
      ) : (
        <Notice kind="empty" text={state.empty ?? noPair} />
      )}
    </main>
  );
}

function doneWords(command: ReportCommand, result: string | null): string {
  if (command === 'copyMarkdown' || command === 'copyMethods') return 'Copied.';
  return result === null ? 'Not saved.' : `Saved as ${result}.`;
}

/** What is announced: beginning and end of a computation, not each step. */
function statusOf({ busy, slow, cancelled, isAgain }: ReportView, said: string): string {
  // The bar says it in sight.
  if (busy) return slow ? '' : 'Counting again …';
  if (said !== '') return said;
  if (cancelled) return 'Cancelled: this is the former report.';
  return isAgain ? 'Counted again.' : '';
}
