import type { Rubric } from '../labels/rubric';
import type { Subset } from '../subset/manifest';
import { altTestText } from './altTestText';
import { csvLine } from './csvText';
import type { ExportedRun, LabelChoice } from './exportedRun';
import { ratingsOf } from './exportedRun';
import type { ExportKind } from './exportKinds';
import { humanScores } from './humanScores';
import { labelRows } from './labelRows';
import { scoutCases } from './scoutCases';
import { trainingPairs } from './trainingPairs';
import type { PairSource } from './trainingPairs';

export interface ExportOrder extends LabelChoice {
  /** The report as Markdown is made elsewhere: it is what `agreementMarkdown` gives. */
  readonly kind: Exclude<ExportKind, 'markdown'>;
  /** Of what criterion; needed for all but the flat tables. */
  readonly rubric?: Rubric;
  readonly subset?: Subset;
  readonly threshold?: number;
  readonly by?: PairSource;
  readonly target?: string;
  readonly withReasoning?: boolean;
}

/** The text of an export, piece by piece, and what stands in it ("37 labels"), to be asked for once it is read. */
export interface ExportedText {
  readonly pieces: AsyncGenerator<string>;
  readonly said: () => string;
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;

/** Makes an export. Reading the pieces rejects with a sentence where there is nothing that it could hold. */
export function exportText(run: ExportedRun, order: ExportOrder): ExportedText {
  let said = 'nothing';
  const pieces = piecesOf(run, order, what => (said = what));
  return { pieces, said: () => said };
}

async function* piecesOf(
  run: ExportedRun,
  order: ExportOrder,
  say: (what: string) => void,
): AsyncGenerator<string> {
  if (order.kind === 'csv' || order.kind === 'jsonl') {
    const rows = await labelRows(run, {
      ...choiceOf(order),
      ...(order.rubric ? { criterion: order.rubric.criterion } : {}),
      ...(order.subset ? { subset: order.subset.manifest.name } : {}),
    });
    if (rows.length === 0) throw new Error('there are no labels to export');
    say(counted(rows.length, 'row'));
    if (order.kind === 'csv') yield csvLine(Object.keys(rows[0] ?? {}));
    for (const row of rows)
      yield order.kind === 'csv' ? csvLine(Object.values(row)) : `${JSON.stringify(row)}\n`;
    return;
  }
  const { rubric, subset, threshold } = order;
  if (!rubric) throw new Error('it has to be said of which criterion');
  const list = { ...choiceOf(order), rubric, ...(subset ? { subset } : {}) };
  switch (order.kind) {
    case 'scout': {
      const scores = humanScores(await ratingsOf(run, list));
      if (scores.length === 0) throw new Error(noUsable(rubric));
      const cases = await scoutCases(run, scores, {
        ...(threshold === undefined ? {} : { threshold }),
        ...(subset ? { split: subset.manifest.name } : {}),
      });
      say(counted(cases.length, 'case'));
      yield `${JSON.stringify(cases, null, 1)}\n`;
      return;
    }
    case 'alt-test': {
      const table = await ratingsOf(run, list);
      const items = humanScores(table).length;
      if (items === 0) throw new Error(noUsable(rubric));
      const humans = table.columns.filter(column => column.role === 'human' && column.judgeOnly !== true);
      say(`${counted(humans.length, 'rater')}, ${counted(items, 'item')}`);
      yield altTestText(table);
      return;
    }
    case 'pairs': {
      const { by = 'judge', target = '', withReasoning = false } = order;
      const [cut = threshold] = threshold === undefined ? rubric.thresholds : [threshold];
      if (cut === undefined) throw new Error(`${rubric.criterion} has no threshold of its own: name one`);
      const humans = by === 'judge' ? [] : humanScores(await ratingsOf(run, list));
      const [judge] = order.judges ?? [];
      let count = 0;
      const options = { rubric, by, threshold: cut, humans, target, withReasoning };
      for await (const line of trainingPairs(run, {
        ...options,
        ...(judge === undefined ? {} : { judge }),
      })) {
        count += 1;
        yield line;
      }
      if (count === 0) throw new Error(`no ${rubric.criterion} score by ${sourceWords[by]} reaches ${cut}`);
      say(counted(count, 'pair'));
    }
  }
}

const sourceWords: Readonly<Record<PairSource, string>> = {
  judge: 'the judge',
  human: 'the raters',
  both: 'both judge and raters',
};

const noUsable = ({ criterion }: Rubric): string =>
  `there are no ${criterion} labels that agreement uses: labels given with the judge in view, stale or imported ones are not among them`;

const choiceOf = ({ raters, judges, includeImported }: LabelChoice): LabelChoice => ({
  ...(raters ? { raters } : {}),
  ...(judges ? { judges } : {}),
  ...(includeImported === undefined ? {} : { includeImported }),
});
