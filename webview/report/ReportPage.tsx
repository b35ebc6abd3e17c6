import { useEffect, useState } from 'preact/hooks';
import type { ReportRequests, ReportState } from '../../src/protocol/reportProtocol';
import { Notice } from './Notice';
import { PairChooser, pairName } from './PairChooser';
import { PairView } from './PairView';
import { ReportHeader } from './ReportHeader';

/** Asks the host; rejects with an error whose message is for people. */
export type ReportRequest = <K extends keyof ReportRequests>(
  name: K,
  params: ReportRequests[K]['params'],
) => Promise<ReportRequests[K]['result']>;

/** What the reader chose, kept by VS Code while the page is hidden. */
export interface Choice {
  readonly pair?: string;
  readonly cut?: number;
}

const noPair = 'There is no pair to compare yet: it takes a judge and a rater, or two raters.';
const notReady = 'The report is still being counted. Refresh asks for it again.';

interface ReportPageProps {
  readonly request: ReportRequest;
  readonly choice: Choice;
  onChoice(choice: Choice): void;
}

/** The page: it says `ready`, and asks for nothing else before that is answered. */
export function ReportPage({ request, choice: kept, onChoice }: ReportPageProps) {
  const [state, setState] = useState<ReportState | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [status, setStatus] = useState('');
  const [choice, setChoice] = useState(kept);

  const load = async (name: 'ready' | 'refresh') => {
    setBusy(true);
    setFailure(null);
    setStatus('');
    try {
      let next = await request(name, {});
      setState(next);
      // Nothing tells the page that a computation has ended; asking again waits for it.
      if (isComputing(next)) next = await request('refresh', {});
      setState(next);
      if (name === 'refresh') setStatus('Counted again.');
    } catch (error) {
      setFailure(messageOf(error));
    }
    setBusy(false);
  };
  const command = async (done: string, sent: Promise<null>) => {
    setStatus('');
    try {
      await sent;
      setStatus(done);
    } catch (error) {
      setStatus(messageOf(error));
    }
  };
  const choose = (next: Choice) => {
    setChoice(next);
    onChoice(next);
  };
  useEffect(() => void load('ready'), []);

  if (!state) {
    return (
      <main>
        <h1>Agreement</h1>
        {failure === null ? (
          <Notice kind="loading" text="Opening the report …" />
        ) : (
          <Notice kind="error" text={`The report could not be made: ${failure}`}>
            <vscode-button onClick={() => void load('ready')}>Retry</vscode-button>
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
        busy={busy}
        copyable={pair !== undefined}
        status={busy && report ? 'Counting again …' : status}
        onRefresh={() => void load('refresh')}
        onCopy={() => void command('Copied.', request('copyMarkdown', {}))}
      >
        <PairChooser
          pairs={pairs}
          chosen={index}
          onChoose={to => choose({ ...choice, pair: pairName(pairs[to] ?? { a: '', b: '' }) })}
        />
      </ReportHeader>
      {failure !== null && (
        <Notice kind="error" text={`The report could not be made again: ${failure}`}>
          <vscode-button onClick={() => void load('refresh')}>Retry</vscode-button>
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
          onOpen={unit => void command('', request('openItem', { unit }))}
        />
      ) : busy ? (
        <Notice kind="loading" text="Counting …" />
      ) : (
        failure === null && <Notice kind="empty" text={state.empty ?? (report ? noPair : notReady)} />
      )}
    </main>
  );
}

function isComputing({ report, empty }: ReportState): boolean {
  return report === null && empty === null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
