import * as vscode from 'vscode';
import { refuseRater } from '../core/labels/labelEvent';
import { configuredRater, proposedRater, saveRater } from './rater';

/** Asks who labels on this machine and keeps it; gives nothing where the question was dismissed. */
export async function askRater(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: 'Rater',
    prompt: 'Who labels on this machine: written with every label from now on.',
    value: configuredRater() ?? (await proposedRater()),
    validateInput: text => refuseRater(text),
  });
  if (name !== undefined) await saveRater(name);
  return name;
}
