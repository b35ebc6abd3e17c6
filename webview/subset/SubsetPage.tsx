import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SubsetFormState, SubsetRequests } from '../../src/protocol/subsetProtocol';
import { count, counted } from '../report/numbers';
import { Notice } from '../report/Notice';
import { CreateBar } from './CreateBar';
import { FormPane } from './FormPane';
import { optionsOf } from './optionsOf';
import { needsValue, PreviewPane } from './PreviewPane';
import { formOf } from './subsetForm';
import type { Touched } from './subsetForm';
import { usePreview } from './usePreview';

/** Asks the host; rejects with an error whose message is for people. */
export type SubsetRequest = <K extends keyof SubsetRequests>(
  name: K,
  params: SubsetRequests[K]['params'],
) => Promise<SubsetRequests[K]['result']>;

/** What was chosen, kept by VS Code while the page is hidden. */
export interface Kept {
  readonly touched: Touched;
  readonly seed: string;
}

/** A seed of up to six digits, by chance: short enough to be copied by hand. */
export const newSeed = (): string => String((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000);

interface SubsetPageProps {
  readonly request: SubsetRequest;
  readonly kept: Kept;
  onKeep(kept: Kept): void;
  /** Calls when what the form was made from has changed; gives what ends that. */
  onChanged(listener: () => void): () => void;
}

/** The page: choices on the left, what they would give on the right, and the one command under both. */
export function SubsetPage({ request, kept: first, onKeep, onChanged }: SubsetPageProps) {
  const [state, setState] = useState<SubsetFormState | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [kept, setKept] = useState(first);
  const [creating, setCreating] = useState<'no' | 'asked' | 'done'>('no');
  const [refused, setRefused] = useState<string | null>(null);
  const asked = useRef(0);

  const load = async () => {
    const serial = ++asked.current;
    try {
      const next = await request('ready', {});
      if (serial === asked.current) setState(next);
      setFailure(null);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  useEffect(() => {
    void load();
    return onChanged(() => void load());
  }, []);

  const form = useMemo(() => (state ? formOf(kept.touched, state, kept.seed) : null), [state, kept]);
  const wanted = useMemo(() => (form ? optionsOf(form) : null), [form]);
  const options = wanted && 'options' in wanted && state?.refused === null ? wanted.options : null;
  // The subset that was just made takes its own name.
  const preview = usePreview(request, creating === 'no' ? options : null, state);

  if (!state || !form || state.refused !== null) {
    return (
      <main class="alone">
        <h1>New subset{state ? ` · ${state.rubric.criterion}` : ''}</h1>
        {failure !== null ? (
          <Notice kind="error" text={`The file could not be looked at: ${failure}`}>
            <vscode-button onClick={() => void load()}>Retry</vscode-button>
          </Notice>
        ) : state?.refused ? (
          <>
            <Notice kind="empty" text={state.refused} />
            <p class="quiet">
              {state.file}: {state.criteria.map(each => `${count(each.items)} ${each.criterion}`).join(', ')}{' '}
              items.
            </p>
          </>
        ) : (
          <Notice kind="loading" text="Opening the file …" />
        )}
      </main>
    );
  }

  const choose = (change: Touched) => {
    const next = { touched: { ...kept.touched, ...change }, seed: kept.seed };
    setKept(next);
    setRefused(null);
    onKeep(next);
  };
  const create = async () => {
    if (!options || preview.kind !== 'shown') return;
    setRefused(null);
    setCreating('asked');
    try {
      await request('create', { options, generation: preview.generation });
      setCreating('done');
    } catch (error) {
      setRefused(messageOf(error));
      setCreating('no');
    }
  };
  return (
    <main>
      <header>
        <div class="title">
          <h1>New subset · {state.rubric.criterion}</h1>
          <p class="quiet">
            <span class="file">{state.file}</span> · {counted(state.items, 'item')} in{' '}
            {counted(state.rollouts, 'rollout')}
            {state.scanning && ' so far'}
          </p>
        </div>
      </header>
      <div class="columns">
        <FormPane
          state={state}
          form={form}
          problems={wanted && 'problems' in wanted ? wanted.problems : {}}
          onChoose={choose}
          onNewSeed={() => choose({ seed: newSeed() })}
        />
        <PreviewPane
          state={state}
          preview={preview}
          isComplete={options !== null}
          failure={failure ?? refused}
        />
      </div>
      <CreateBar
        name={form.name.trim()}
        slots={preview.kind === 'shown' ? preview.numbers.slots : null}
        why={
          failure ??
          refused ??
          (preview.kind === 'refused' ? preview.reason : wanted && 'problems' in wanted ? needsValue : null)
        }
        creating={creating}
        onCreate={() => void create()}
      />
    </main>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
