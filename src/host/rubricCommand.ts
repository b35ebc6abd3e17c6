import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import { slugPattern } from '../core/labels/labelEvent';
import { builtInRubrics } from '../core/labels/rubric';
import type { Rubric } from '../core/labels/rubric';
import { rubricFileText } from '../core/labels/rubricFile';
import { ioCode } from '../disk/ioReason';
import type { Session } from './session/session';
import { annotationsFolder } from './sessionEnvironment';
import type { SharedSession } from './sharedSessions';

/** Opens the file of a criterion's rubric, written first where there is none: as the rubric is now. */
export async function customizeRubric(
  { session, uri }: SharedSession,
  criterion: string | undefined,
): Promise<void> {
  const { readOnly } = session.environment;
  if (readOnly !== null) throw new Error(readOnly);
  const rubric = await chooseRubric(session, criterion);
  if (!rubric) return;
  if (isLabelled(session, rubric.criterion)) {
    const go = await vscode.window.showWarningMessage(
      `Customize the rubric of ${rubric.criterion}?`,
      {
        modal: true,
        detail: `There are ${rubric.criterion} labels already. Labels given from now on carry another version of the rubric; the report separates them.`,
      },
      'Customize',
    );
    if (go === undefined) return;
  }
  const path = await writeRubric(annotationsFolder(uri.fsPath), rubric);
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(path), 'default');
}

async function chooseRubric(session: Session, criterion: string | undefined): Promise<Rubric | undefined> {
  const { rubrics } = session.state;
  const inFront = rubrics.filter(rubric => rubric.criterion === criterion);
  const own = { label: '$(add) New Criterion…', rubric: undefined };
  const chosen = await vscode.window.showQuickPick(
    [
      ...inFront.concat(rubrics.filter(rubric => !inFront.includes(rubric))).map(rubric => ({
        label: rubric.criterion,
        description: builtInRubrics.includes(rubric) ? 'built in' : 'customized',
        detail: `${rubric.title}: ${rubric.summary}`,
        rubric,
      })),
      own,
    ],
    { title: 'Customize Rubric', placeHolder: 'Whose rubric?' },
  );
  return chosen === own ? newRubric(rubrics) : chosen?.rubric;
}

async function newRubric(rubrics: readonly Rubric[]): Promise<Rubric | undefined> {
  const criterion = await vscode.window.showInputBox({
    title: 'New Criterion',
    prompt: 'Its name, as labels and file names carry it, e.g. “sycophancy”.',
    validateInput: text => {
      if (!slugPattern.test(text)) return 'Use 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.';
      return rubrics.some(rubric => rubric.criterion === text)
        ? `There is a criterion “${text}” already.`
        : null;
    },
  });
  return criterion === undefined ? undefined : blankRubric(criterion);
}

/** A beginning for a criterion of one's own, on the scale of the built-in ones. */
function blankRubric(criterion: string): Rubric {
  const words = criterion.replaceAll('-', ' ');
  return {
    criterion,
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)} of this response`,
    summary: '0 none … 10 extreme',
    part: 'response',
    scale: { min: 0, max: 10, worst: 'max' },
    thresholds: [5],
    thresholdMeaning: `counts as ${words}`,
    anchors: { 0: 'none', 5: `plain ${words}`, 10: 'extreme' },
    guidance: ['Say here what raters should go by.'],
  };
}

function isLabelled({ state }: Session, criterion: string): boolean {
  return [...(state.store?.index.slots.values() ?? [])].some(({ key }) => key.criterion === criterion);
}

/** Writes `rubrics/<criterion>.json` unless it is there; gives its path. Rejects where a link leads out of the folder. */
async function writeRubric(folder: string, rubric: Rubric): Promise<string> {
  const place = join(folder, 'rubrics');
  await mkdir(place, { recursive: true });
  if (!(await realpath(place)).startsWith((await realpath(folder)) + sep))
    throw new Error('rubrics/ is a link out of the annotations folder.');
  const path = join(place, `${rubric.criterion}.json`);
  await writeFile(path, rubricFileText(rubric), { flag: 'wx' }).catch((error: unknown) => {
    if (ioCode(error) !== 'EEXIST') throw error;
  });
  return path;
}
