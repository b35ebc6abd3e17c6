import * as vscode from 'vscode';
import type { Csv } from '../core/csv/parseCsv';
import { guessColumns } from '../core/labels/guessColumns';
import type { ScoreColumns } from '../core/labels/matchScores';

const questions = {
  rollout: { ask: 'Which column names the rollout, by its id?', none: null },
  turn: {
    ask: 'Which column gives the turn, counted from 1?',
    none: 'No column: each rollout has one item',
  },
  score: { ask: 'Which column holds the scores?', none: null },
  note: { ask: 'Which column holds notes?', none: 'No column' },
} as const;

type Role = keyof typeof questions;

/** Asks which column of a table is what; where their names tell, one answer takes them all. */
export async function chooseColumns(
  { header, rows }: Csv,
  criterion: string,
  title: string,
): Promise<ScoreColumns<string> | undefined> {
  const guess = guessColumns(header, criterion);
  const { rollout, score, turn, note } = guess;
  if (rollout !== null && score !== null) {
    const take = {
      label: '$(check) Use these columns',
      detail: (Object.keys(questions) as Role[]).map(role => `${role}: ${guess[role] ?? 'none'}`).join(' · '),
    };
    const chosen = await vscode.window.showQuickPick([take, { label: '$(edit) Choose the columns…' }], {
      title,
      placeHolder: 'Which columns are what?',
      ignoreFocusOut: true,
    });
    if (!chosen) return undefined;
    if (chosen === take) return { rollout, score, turn, note };
  }

  /** `undefined` where the question was dismissed. */
  const ask = async (role: Role): Promise<string | null | undefined> => {
    const { ask: placeHolder, none } = questions[role];
    const guessed = header.filter(name => name === guess[role]);
    const columns = [...guessed, ...header.filter(name => !guessed.includes(name))].map(name => ({
      label: name,
      description: rows
        .slice(0, 3)
        .map(({ cells }) => shortened(cells[header.indexOf(name)] ?? ''))
        .join(' · '),
      column: name as string | null,
    }));
    const nothing = none === null ? [] : [{ label: `$(dash) ${none}`, description: '', column: null }];
    const chosen = await vscode.window.showQuickPick(
      guess[role] === null ? [...nothing, ...columns] : [...columns, ...nothing],
      { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true },
    );
    return chosen?.column;
  };
  const ofRollout = await ask('rollout');
  if (ofRollout == null) return undefined;
  const ofTurn = await ask('turn');
  if (ofTurn === undefined) return undefined;
  const ofScore = await ask('score');
  if (ofScore == null) return undefined;
  const ofNote = await ask('note');
  if (ofNote === undefined) return undefined;
  return { rollout: ofRollout, turn: ofTurn, score: ofScore, note: ofNote };
}

const shortened = (cell: string): string => (cell.length > 24 ? `${cell.slice(0, 24)}…` : cell);
