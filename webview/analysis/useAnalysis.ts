import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  AnalysisChoice,
  AnalysisRequests,
  AnalysisState,
  CountedAnalysis,
} from '../../src/protocol/analysisProtocol';
import type { ReportProgress } from '../../src/protocol/reportProtocol';

/** The page's line to the host. `onProgress` has one listener: the last. */
export interface AnalysisHost {
  request<K extends keyof AnalysisRequests>(
    name: K,
    params: AnalysisRequests[K]['params'],
  ): Promise<AnalysisRequests[K]['result']>;
  onProgress(listener: (progress: ReportProgress) => void): void;
}

/** The analysis as far as the page has it, and the computation that it waits for. */
export interface AnalysisView {
  /** The last one that was made. */
  readonly state: AnalysisState | null;
  readonly busy: boolean;
  /** It takes so long that its progress is worth showing. */
  readonly slow: boolean;
  readonly progress: ReportProgress | null;
  /** Why the last computation gave nothing. */
  readonly failure: string | null;
  /** How the last computation ended. */
  readonly ended: 'ready' | 'refresh' | 'cancelled' | null;
  load(name: 'ready' | 'refresh', choice: AnalysisChoice | null): Promise<void>;
  cancel(): void;
}

/** Milliseconds: what is there sooner needs no bar. */
const patience = 300;

/** Asks for the analysis by the kept choice at once, and follows what is counted from then on. */
export function useAnalysis(
  { request, onProgress }: AnalysisHost,
  kept: AnalysisChoice | null,
): AnalysisView {
  const [state, setState] = useState<AnalysisState | null>(null);
  const [busy, setBusy] = useState(true);
  const [slow, setSlow] = useState(false);
  const [progress, setProgress] = useState<ReportProgress | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ended, setEnded] = useState<AnalysisView['ended']>(null);
  const last = useRef(0);
  /** The button "Cancel" has the focus, and is about to go: what counts again is to take it. */
  const onCancel = useRef(false);

  const load = async (name: 'ready' | 'refresh', choice: AnalysisChoice | null) => {
    const own = ++last.current;
    setBusy(true);
    setProgress(null);
    setFailure(null);
    setEnded(null);
    try {
      const counted = await request(name, { choice });
      if (own !== last.current) return;
      if (counted) setState(stateOf(counted));
      setEnded(counted ? name : 'cancelled');
    } catch (error) {
      if (own !== last.current) return;
      setFailure(error instanceof Error ? error.message : String(error));
    }
    onCancel.current = document.activeElement?.closest('.counting') != null;
    setBusy(false);
  };

  useEffect(() => {
    onProgress(setProgress);
    void load('ready', kept);
  }, []);
  useEffect(() => {
    if (!busy) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, [busy]);
  useEffect(() => {
    if (!busy && onCancel.current) document.querySelector<HTMLElement>('[data-counts]')?.focus();
  }, [busy]);

  return {
    state,
    busy,
    slow,
    progress,
    failure,
    ended,
    load,
    cancel: () => void request('cancel', {}),
  };
}

const stateOf = ({ report, ...rest }: CountedAnalysis): AnalysisState => ({
  ...rest,
  report: report === null ? null : (JSON.parse(report) as AnalysisState['report']),
});
