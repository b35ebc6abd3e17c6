import { causeCodes, consensusRater } from '../../core/labels/labelEvent';
import { labelsOf } from '../../core/labels/labelIndex';
import { rubricHash } from '../../core/labels/rubric';
import { refuseSpans } from '../../core/rollout/checkSpans';
import type { EvidenceSpan } from '../../protocol/itemView';
import { standingLabels } from './comparing';
import { ownLabels } from './items';
import type { ItemActions, Placed } from './itemActions';
import type { ItemQueue } from './queue';
import { isShown } from './reveal';
import type { SessionState } from './sessionState';

/** What is said of an item beside its label: evidence at any time, causes and a consensus once the judge is shown. */
export interface Reviewing {
  evidence(queue: ItemQueue, ordinal: number, spans: readonly EvidenceSpan[]): Promise<null>;
  cause(queue: ItemQueue, ordinal: number, code: string | null): Promise<null>;
  consensus(queue: ItemQueue, ordinal: number, value: number | 'cannot'): Promise<null>;
}

export function reviewing(state: SessionState, { placed, inTurn, act }: ItemActions): Reviewing {
  const shown = async (queue: ItemQueue, ordinal: number): Promise<Placed> => {
    const read = await placed(queue, ordinal);
    if (!isShown(state, queue, read.place)) throw new Error('The judge is hidden.');
    return read;
  };
  return {
    evidence: async (queue, ordinal, spans) => {
      const { place, about, text } = await placed(queue, ordinal);
      const refused = refuseSpans(text, spans);
      if (refused !== null) throw new Error(refused);
      return inTurn(async () => {
        const on = ownLabels(state, place)?.current?.id;
        await act(place, 'evidence', [
          {
            kind: 'evidence',
            ...about,
            ...(on === undefined ? {} : { on }),
            spans: spans.map(({ start, end, quote }) => ({ start, end, quote })),
          },
        ]);
        return null;
      });
    },
    cause: async (queue, ordinal, code) => {
      if (code !== null && !(causeCodes as readonly string[]).includes(code))
        throw new Error(`There is no cause ${JSON.stringify(code)}.`);
      const { place, about } = await shown(queue, ordinal);
      return inTurn(async () => {
        const labels = ownLabels(state, place);
        const on = labels?.current?.id;
        const standing = labels?.cause ?? null;
        if (code === standing?.code) return null;
        if (code === null && standing)
          await act(place, 'cause removed', [{ kind: 'cause', ...about, code: '' }]);
        else if (code !== null)
          await act(place, `cause ${code}`, [
            { kind: 'cause', ...about, ...(on === undefined ? {} : { on }), code },
          ]);
        return null;
      });
    },
    consensus: async (queue, ordinal, value) => {
      const { rubric } = queue;
      const { min, max } = rubric.scale;
      if (value !== 'cannot' && (!Number.isInteger(value) || value < min || value > max))
        throw new Error(`${String(value)} is off the scale: ${String(min)} to ${String(max)}.`);
      const { place, about } = await shown(queue, ordinal);
      return inTurn(async () => {
        const { store, rater } = state;
        if (!store || rater === null) throw new Error('Say who labels first.');
        const from = standingLabels(state, queue, place);
        if (from.length === 0)
          throw new Error('No rater has labelled this item: there is nothing to settle.');
        const phase = labelsOf(store.index, consensusRater, place.key, place.ref).nextPhase;
        const common = { ...about, phase, judgeVisible: true, from, by: rater };
        await act(
          place,
          `consensus ${value === 'cannot' ? 'cannot assess' : String(value)}`,
          [
            value === 'cannot'
              ? { kind: 'cannot-assess', ...common }
              : { kind: 'score', ...common, value, scale: { ...rubric.scale }, rubric: rubricHash(rubric) },
          ],
          consensusRater,
        );
        return null;
      });
    },
  };
}
