import * as vscode from 'vscode';
import type { ExportKind } from '../core/export/exportKinds';
import type { ExportOrder } from '../core/export/exportText';
import type { PairSource } from '../core/export/trainingPairs';
import type { Rubric } from '../core/labels/rubric';
import { chooseCriterion } from './subsetChoices';
import type { Session } from './session/session';
import type { Tab } from './session/answer';

export const exportTitle = 'Export';

/** What a person wants exported. */
export interface ExportChoice extends Pick<ExportOrder, 'rubric' | 'subset' | 'threshold' | 'by' | 'target'> {
  readonly kind: ExportKind;
}

const kinds: readonly (vscode.QuickPickItem & { readonly what: ExportKind })[] = [
  {
    what: 'csv',
    label: 'Labels as CSV',
    detail: 'Every label of every rater, with judge scores, weights and the fields of the rollouts.',
  },
  { what: 'jsonl', label: 'Labels as JSON Lines', detail: 'The same table, one object a line.' },
  {
    what: 'markdown',
    label: 'Agreement Report as Markdown',
    detail: 'All tables of the report, with a methods paragraph.',
  },
  {
    what: 'pairs',
    label: 'Training Pairs',
    detail: '(context, response) whose score reaches a threshold, as JSON Lines of messages.',
  },
  {
    what: 'scout',
    label: 'Inspect Scout Validation Set',
    detail: 'The human scores as targets of a Scout scanner (JSON).',
  },
  {
    what: 'alt-test',
    label: 'Tables for the Alternative Annotator Test',
    detail: 'Scores by rater and by judge (JSON), as the authors’ code reads them.',
  },
];

/** Asks what to export, and of which labels; `undefined` where a question was dismissed. */
export async function chooseExport(
  session: Session,
  inFront: Pick<Tab, 'criterion' | 'subset'> | undefined,
): Promise<ExportChoice | undefined> {
  const kind = (await vscode.window.showQuickPick(kinds, { title: exportTitle, placeHolder: 'Export what?' }))
    ?.what;
  if (!kind) return undefined;
  if (kind === 'csv' || kind === 'jsonl') return { kind };
  const criterion = inFront?.criterion ?? (await chooseCriterion(session, exportTitle));
  const rubric = session.state.rubrics.find(known => known.criterion === criterion);
  if (!rubric) return undefined;
  const pairs = kind === 'pairs' ? await choosePairs(rubric) : {};
  if (!pairs) return undefined;
  const goesByLabels = kind !== 'pairs' || pairs.by !== 'judge';
  const list = goesByLabels ? await chooseList(session, rubric, inFront?.subset ?? null) : {};
  return list && { kind, rubric, ...pairs, ...list };
}

const sources: readonly (vscode.QuickPickItem & { readonly by: PairSource })[] = [
  { by: 'judge', label: 'The Judge', detail: 'Every response of the file that it scored.' },
  { by: 'human', label: 'The Raters', detail: 'The mean of the labels that agreement uses.' },
  { by: 'both', label: 'Both' },
];

async function choosePairs(
  rubric: Rubric,
): Promise<Pick<ExportChoice, 'by' | 'threshold' | 'target'> | undefined> {
  const title = `${exportTitle}: Training Pairs`;
  const source = await vscode.window.showQuickPick(sources, {
    title,
    placeHolder: 'Whose score has to reach the threshold?',
  });
  if (!source) return undefined;
  const { min, max } = rubric.scale;
  const threshold = await vscode.window.showInputBox({
    title,
    prompt: `Responses with a ${rubric.criterion} score of at least`,
    value: String(rubric.thresholds[0] ?? max),
    ignoreFocusOut: true,
    validateInput: text =>
      text.trim() !== '' && Number(text) >= min && Number(text) <= max
        ? null
        : `A number from ${String(min)} to ${String(max)}.`,
  });
  if (threshold === undefined) return undefined;
  const target = await vscode.window.showInputBox({
    title,
    prompt: 'What the assistant should have said in place of each; leave it empty to fill it in later.',
    ignoreFocusOut: true,
  });
  return target === undefined ? undefined : { by: source.by, threshold: Number(threshold), target };
}

/** Asks which labels, where there are any in subsets: the list in front stands first. */
async function chooseList(
  { state }: Session,
  { criterion }: Rubric,
  inFront: string | null,
): Promise<Pick<ExportChoice, 'subset'> | undefined> {
  const subsets = state.subsets.filter(
    ({ manifest }) => manifest.criterion === criterion && manifest.role === 'validation',
  );
  if (subsets.length === 0) return {};
  const items = [
    ...subsets.map(subset => ({
      label: subset.manifest.name,
      description: `${String(subset.manifest.items.length)} items`,
      chosen: { subset },
    })),
    { label: 'Labels Outside Subsets', description: 'no probability sample', chosen: {} },
  ];
  const front = ({ label }: { label: string }): number => (label === inFront ? 0 : 1);
  const chosen = await vscode.window.showQuickPick(
    items.sort((a, b) => front(a) - front(b)),
    { title: exportTitle, placeHolder: 'Which labels?' },
  );
  return chosen?.chosen;
}
