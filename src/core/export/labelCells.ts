import { judgeRunName } from '../agreement/judgeRuns';
import type { SlotLabels, SlotRef } from '../labels/labelIndex';
import type { Item, ItemKey } from '../rollout/item';
import type { JudgeScore } from '../rollout/rollout';
import type { ManifestSlot } from '../subset/manifest';
import type { Cell } from './csvText';
import type { LabelUse } from './labelUse';

/** One rater's slot of one item, with all that its row tells. */
export interface LabelledSlot {
  readonly rater: string;
  readonly key: ItemKey;
  readonly subset: SlotRef | null;
  readonly labels: SlotLabels;
  /** Of the manifest; absent outside subsets and where the manifest has another item there. */
  readonly drawn: ManifestSlot | undefined;
  readonly use: LabelUse;
  /** The item as the file has it now: `null` where it is gone, absent where nobody looked. */
  readonly now: Item | null | undefined;
  readonly judge: Pick<JudgeScore, 'value' | 'model' | 'run'> | undefined;
  readonly scale: { readonly min: number; readonly max: number } | undefined;
}

/** The columns of the flat table but for the record's fields; docs/formats.md says what each is. */
export function labelCells(slot: LabelledSlot): Record<string, Cell> {
  const { key, labels, drawn, use, judge, subset } = slot;
  const { first, current, item } = labels;
  const label = first ?? current;
  const score = judge?.value ?? null;
  const value = first?.kind === 'score' ? first.value : null;
  return {
    rollout: key.rollout,
    turn: key.turn,
    part: key.part,
    criterion: key.criterion,
    rater: slot.rater,
    subset: subset?.name ?? null,
    slot: subset?.slot ?? null,
    stratum: drawn?.stratum ?? null,
    pi: drawn?.pi ?? null,
    weight: drawn?.weight ?? null,
    repeat_of: drawn?.repeatOf ?? null,
    first: value,
    standing: current?.kind === 'score' ? current.value : null,
    phase: current?.phase ?? null,
    cannot_assess: label === null ? null : label.kind === 'cannot-assess',
    cannot_assess_reason: label?.kind === 'cannot-assess' ? (label.reason ?? null) : null,
    judge_visible: first === null ? null : labels.judgeVisible,
    used: use.reason === null,
    reason: use.reason,
    analysis_weight: use.analysisWeight,
    judge_run: judge ? judgeRunName(judge) : null,
    judge_model: judge?.model ?? null,
    judge_score: score,
    difference: use.reason === null ? differenceOf(slot, score) : null,
    elapsed_ms: label?.elapsedMs ?? null,
    at: label?.at ?? null,
    skipped: labels.skipped,
    note: labels.note === '' ? null : labels.note,
    flags: labels.flags.length === 0 ? null : labels.flags.map(({ code }) => code).join('; '),
    evidence_quotes: labels.evidence.length,
    cause: labels.cause?.code ?? null,
    competing: labels.competing,
    rubric: label?.kind === 'score' ? label.rubric : null,
    imported_from: label?.kind === 'score' ? (label.imported?.file ?? null) : null,
    sha256: item?.sha256 ?? null,
    stale: staleOf(slot),
  };
}

/** Judge − human, of the label that agreement takes; `null` where either is off the scale or missing. */
function differenceOf({ labels, rater, scale }: LabelledSlot, judge: number | null): number | null {
  const said = rater === 'consensus' ? labels.current : labels.first;
  if (said?.kind !== 'score' || judge === null || !scale) return null;
  return judge < scale.min || judge > scale.max ? null : judge - said.value;
}

/** Whether the text or what stands before it is another one than what was labelled; `null` where there is no telling. */
function staleOf({ labels: { item }, now }: LabelledSlot): boolean | null {
  if (item === null || now == null) return null;
  return item.sha256 !== now.sha256 || item.contextSha256 !== now.contextSha256;
}
