import * as z from 'zod';
import type { Rubric } from '../../core/labels/rubric';
import type { EditorRequests, RequestName } from '../../protocol/editorProtocol';
import { itemAt, rolloutOf } from './items';
import { itemView, lastVisible } from './itemView';
import { itemRows, rolloutRows } from './rows';
import type { Session } from './session';

const scope = { generation: z.number().int(), criterion: z.string() };
const ordinal = z.number().int().nonnegative();
const windowOf = { from: ordinal, count: z.number().int().min(0).max(500) };
const none = z.strictObject({});

/** What may come from the webview, to the letter. */
const params = {
  ready: z.strictObject({ criterion: z.string().optional() }),
  rows: z.strictObject({ ...scope, ...windowOf }),
  rolloutRows: z.strictObject({ ...scope, ...windowOf }),
  item: z.strictObject({ ...scope, ordinal }),
  reasoning: z.strictObject({ ...scope, ordinal, message: ordinal, part: ordinal }),
  record: z.strictObject({ ...scope, ordinal }),
  label: z.strictObject({
    ...scope,
    ordinal,
    value: z.union([z.number(), z.literal('cannot')]),
    elapsedMs: z.number().nonnegative(),
  }),
  skip: z.strictObject({ ...scope, ordinal }),
  note: z.strictObject({ ...scope, ordinal, text: z.string().max(100_000) }),
  flag: z.strictObject({ ...scope, ordinal }),
  undo: z.strictObject(scope),
  redo: z.strictObject(scope),
  criterion: z.strictObject({ criterion: z.string() }),
  rater: z.strictObject({ name: z.string() }),
  judge: z.strictObject({ show: z.boolean() }),
  openReport: z.strictObject({ confirmed: z.boolean() }),
  retrySaving: none,
  copyUnsaved: none,
  showProblems: none,
} satisfies { [K in RequestName]: z.ZodType<EditorRequests[K]['params']> };

const request = z.strictObject({
  id: z.number().int(),
  name: z.enum(Object.keys(params) as RequestName[]),
  params: z.unknown(),
});
const anyRequest = z.looseObject({ id: z.number().int() });

/** A tab's own side of a session: which criterion it shows, and what only VS Code can do. */
export interface Tab {
  rubric: Rubric;
  openReport(criterion: string): Promise<void>;
  copyText(text: string): Promise<void>;
  showProblems(): Promise<void>;
  /** Tells the tab its state anew. */
  refresh(): void;
}

/** What opening a report costs, said before it is opened. */
const peekWarning =
  'The report shows judge scores. Labels that you give after opening it count as given with the judge seen, and agreement leaves them out.';

/**
 * Opens the report of a tab's criterion, logged before it is; gives what has to be confirmed first where its rater is
 * still blind and has not `confirmed`. Rejects where nobody has said who labels.
 */
export async function openReport(
  session: Session,
  tab: Tab,
  confirmed: boolean,
): Promise<{ confirm: string | null }> {
  const { state, actions } = session;
  if (state.store && state.rater === null) throw new Error('Say who labels first.');
  if (!confirmed && !session.editorState(tab.rubric).exposed) return { confirm: peekWarning };
  await actions.expose('report');
  await tab.openReport(tab.rubric.criterion);
  tab.refresh();
  return { confirm: null };
}

type Answers = {
  [K in RequestName]: (params: EditorRequests[K]['params']) => Promise<EditorRequests[K]['result']>;
};

/** Answers one message of a webview: always with a result or an error, so that no request is left hanging; `null` for what has no id. */
export async function answer(
  session: Session,
  tab: Tab,
  message: unknown,
): Promise<
  { kind: 'result'; id: number; result: unknown } | { kind: 'error'; id: number; message: string } | null
> {
  const read = request.safeParse(message);
  if (!read.success) {
    const asked = anyRequest.safeParse(message);
    return asked.success ? { kind: 'error', id: asked.data.id, message: 'An unknown request.' } : null;
  }
  const { id, name } = read.data;
  try {
    const checked = params[name].safeParse(read.data.params);
    if (!checked.success) throw new Error(`A malformed request: ${name}.`);
    const asked = checked.data as { generation?: number };
    if (asked.generation !== undefined && asked.generation !== session.state.generation) {
      throw new Error('The file has changed and was read anew.');
    }
    const result = await (answers(session, tab)[name] as (params: unknown) => Promise<unknown>)(checked.data);
    return { kind: 'result', id, result };
  } catch (error) {
    return { kind: 'error', id, message: error instanceof Error ? error.message : String(error) };
  }
}

function answers(session: Session, tab: Tab): Answers {
  const { state, actions, environment } = session;
  const rubricOf = (criterion: string): Rubric => {
    const rubric = environment.rubrics.find(candidate => candidate.criterion === criterion);
    if (!rubric) throw new Error(`There is no criterion ${JSON.stringify(criterion)}.`);
    return rubric;
  };
  return {
    ready: ({ criterion }) => {
      if (criterion !== undefined && environment.rubrics.some(rubric => rubric.criterion === criterion))
        tab.rubric = rubricOf(criterion);
      return Promise.resolve(session.editorState(tab.rubric));
    },
    rows: ({ criterion, from, count }) => Promise.resolve(itemRows(state, rubricOf(criterion), from, count)),
    rolloutRows: async ({ criterion, from, count }) => rolloutRows(state, rubricOf(criterion), from, count),
    item: asked => itemView(state, rubricOf(asked.criterion), asked.ordinal),
    reasoning: async asked => {
      const rubric = rubricOf(asked.criterion);
      const { rollout } = await rolloutOf(state, itemAt(state, rubric, asked.ordinal).summary);
      const part = rollout.messages[asked.message]?.parts[asked.part];
      const hidden = asked.message > lastVisible(state, rubric, asked.ordinal, rollout);
      if (part?.kind !== 'reasoning' || hidden) throw new Error('There is no such reasoning.');
      return part.text;
    },
    record: async asked => {
      if (!state.judgeShown) throw new Error('The judge is hidden.');
      return (await rolloutOf(state, itemAt(state, rubricOf(asked.criterion), asked.ordinal).summary)).text;
    },
    label: asked => actions.label(rubricOf(asked.criterion), asked.ordinal, asked.value, asked.elapsedMs),
    skip: asked => actions.skip(rubricOf(asked.criterion), asked.ordinal),
    note: asked => actions.note(rubricOf(asked.criterion), asked.ordinal, asked.text),
    flag: asked => actions.flag(rubricOf(asked.criterion), asked.ordinal),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    criterion: ({ criterion }) => {
      tab.rubric = rubricOf(criterion);
      tab.refresh();
      return Promise.resolve(null);
    },
    rater: async ({ name }) => ({ refused: await session.setRater(name) }),
    judge: async ({ show }) => {
      await session.showJudge(show);
      return null;
    },
    openReport: ({ confirmed }) => openReport(session, tab, confirmed),
    retrySaving: async () => {
      await session.retrySaving();
      return null;
    },
    copyUnsaved: async () => {
      await tab.copyText(state.store?.unsaved() ?? '');
      return null;
    },
    showProblems: async () => {
      await tab.showProblems();
      return null;
    },
  };
}
