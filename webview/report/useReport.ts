import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  CountedReport,
  ReportProgress,
  ReportRequests,
  ReportState,
} from '../../src/protocol/reportProtocol';

/** Asks the host; rejects with an error whose message is for people. */
export type ReportRequest = <K extends keyof ReportRequests>(
  name: K,
  params: ReportRequests[K]['params'],
) => Promise<ReportRequests[K]['result']>;

/** The page's line to the host. `onProgress` has one listener: the last. */
export interface ReportHost {
  readonly request: ReportRequest;
  onProgress(listener: (progress: ReportProgress) => void): void;
}

/** The report as far as the page has it, and the computation that it waits for. */
export interface ReportView {
  /** The last one that was made. */
  readonly state: ReportState | null;
  readonly busy: boolean;
  /** It takes so long that its progress is worth showing. */
  readonly slow: boolean;
  readonly progress: ReportProgress | null;
  /** Why the last computation gave nothing. */
  readonly failure: string | null;
  /** The last computation was cancelled. */
  readonly cancelled: boolean;
  /** The last computation was asked for, and is done. */
  readonly isAgain: boolean;
  load(name: 'ready' | 'refresh'): Promise<void>;
  cancel(): void;
}

/** Milliseconds: what is there sooner needs no bar. */
const patience = 300;

/** Says `ready` at once, and follows what is counted from then on. */
export function useReport({ request, onProgress }: ReportHost): ReportView {
  const [state, setState] = useState<ReportState | null>(null);
  const [busy, setBusy] = useState(true);
  const [slow, setSlow] = useState(false);
  const [progress, setProgress] = useState<ReportProgress | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ended, setEnded] = useState<'ready' | 'refresh' | 'cancelled' | null>(null);
  const last = useRef(0);
  /** The button "Cancel" has the focus, and is about to go: what counts again is to take it. */
  const onCancel = useRef(false);

  const load = async (name: 'ready' | 'refresh') => {
    const own = ++last.current;
    setBusy(true);
    setProgress(null);
    setFailure(null);
    setEnded(null);
    try {
      const counted = await request(name, {});
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
    void load('ready');
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
    cancelled: ended === 'cancelled',
    isAgain: ended === 'refresh',
    load,
    cancel: () => void request('cancel', {}),
  };
}

const stateOf = ({ report, ...rest }: CountedReport): ReportState => ({
  ...rest,
  report: report === null ? null : (JSON.parse(report) as ReportState['report']),
});
