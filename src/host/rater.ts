import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { proposeRater, refuseRater } from '../core/labels/labelEvent';
import { settings } from './ids';

/** The confirmed rater of this machine, `null` before anyone has been confirmed. */
export function configuredRater(): string | null {
  const name = vscode.workspace.getConfiguration(settings.section).get<string>(settings.rater, '');
  return refuseRater(name) === null ? name : null;
}

/** Keeps the rater in this machine's settings. */
export async function saveRater(name: string): Promise<void> {
  await vscode.workspace
    .getConfiguration(settings.section)
    .update(settings.rater, name, vscode.ConfigurationTarget.Global);
}

/** A name to propose: git's user.name, else the name of the OS user. */
export async function proposedRater(): Promise<string> {
  // --global: the folder's own git configuration is not ours to trust.
  const git = await new Promise<string>(resolve => {
    execFile(
      'git',
      ['config', '--global', 'user.name'],
      { timeout: 2000 },
      (error, out) => void resolve(error ? '' : out),
    );
  });
  return proposeRater(git) || proposeRater(osUser()) || 'rater-1';
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
