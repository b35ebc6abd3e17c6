import { useEffect, useRef, useState } from 'preact/hooks';
import type { SubsetOptions } from '../../src/core/subset/plan';
import type { SubsetFormState, SubsetPreviewResult } from '../../src/protocol/subsetProtocol';
import type { SubsetRequest } from './SubsetPage';

const quietMs = 200;

export type PreviewNumbers = Extract<SubsetPreviewResult, { preview: unknown }>['preview'];

/** Numbers with the options that gave them. */
export interface Previewed {
  readonly options: SubsetOptions;
  readonly numbers: PreviewNumbers;
}

/** What there is to look at. `last` is what was shown before: old numbers are better than a page that comes and goes. */
export type Preview =
  | ({ readonly kind: 'shown'; readonly generation: number } & Previewed)
  | { readonly kind: 'waiting'; readonly last: Previewed | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly last: Previewed | null };

interface Answer {
  readonly options: SubsetOptions;
  readonly state: SubsetFormState;
  readonly result: SubsetPreviewResult;
}

/** The preview of the options, asked for once they have been the same for 200 ms; `null` asks for nothing. */
export function usePreview(
  request: SubsetRequest,
  options: SubsetOptions | null,
  state: SubsetFormState | null,
): Preview {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const last = useRef<Previewed | null>(null);

  useEffect(() => {
    if (!options || !state) return;
    let dropped = false;
    const take = (result: SubsetPreviewResult) => {
      if (!dropped) setAnswer({ options, state, result });
    };
    const timer = setTimeout(() => {
      request('preview', { options }).then(take, (error: unknown) =>
        take({ generation: -1, refused: error instanceof Error ? error.message : String(error) }),
      );
    }, quietMs);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [options, state]);

  if (!answer || answer.options !== options || answer.state !== state)
    return { kind: 'waiting', last: last.current };
  const { result } = answer;
  if ('refused' in result) return { kind: 'refused', reason: result.refused, last: last.current };
  last.current = { options: answer.options, numbers: result.preview };
  return { kind: 'shown', generation: result.generation, ...last.current };
}
