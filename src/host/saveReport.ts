import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { AgreementReport } from '../core/agreement/agreementReport';
import type { MarkdownSubject } from '../core/agreement/agreementMarkdown';
import { reportFiles } from '../core/agreement/agreementMarkdownFigures';
import { reportJson } from '../core/agreement/reportJson';

/** Asks where to, and writes the report as JSON. The file's name, `null` where nobody chose one. */
export async function saveReportJson(
  report: AgreementReport,
  subject: MarkdownSubject,
  beside: vscode.Uri,
): Promise<string | null> {
  const to = await askWhere('JSON', 'json', subject, beside);
  if (!to) return null;
  await vscode.workspace.fs.writeFile(to, Buffer.from(reportJson(report)));
  return basename(to.path);
}

/** The same as Markdown, with its figures at this cut as SVG in a folder beside it: "report.md" and "report.figures". */
export async function saveReportMarkdown(
  report: AgreementReport,
  subject: MarkdownSubject,
  beside: vscode.Uri,
  cut: number | null,
): Promise<string | null> {
  const to = await askWhere('Markdown', 'md', subject, beside);
  if (!to) return null;
  const name = basename(to.path);
  const folderName = `${name.replace(/\.[^.]*$/, '')}.figures`;
  const folder = vscode.Uri.joinPath(to, '..', folderName);
  const { markdown, figures } = reportFiles(report, subject, folderName, cut);
  const there = await namesIn(folder);
  const replaced = figures.filter(figure => there.has(figure.name)).length;
  // The dialog asked about the Markdown file alone.
  if (replaced > 0 && !(await mayReplace(replaced, folderName))) return null;
  await vscode.workspace.fs.createDirectory(folder);
  for (const { name: figure, svg } of figures)
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, figure), Buffer.from(svg));
  await vscode.workspace.fs.writeFile(to, Buffer.from(markdown));
  return name;
}

/** VS Code's own dialog, which asks before a file is replaced. */
async function askWhere(
  kind: string,
  extension: string,
  { criterion }: MarkdownSubject,
  beside: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: `Save Agreement Report as ${kind}`,
    defaultUri: vscode.Uri.joinPath(beside, '..', `agreement-${criterion}.${extension}`),
    filters: { [kind]: [extension] },
  });
}

async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return new Set();
    throw error;
  }
}

async function mayReplace(figures: number, folder: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `The folder “${folder}” already holds ${figures === 1 ? 'a figure' : `${figures} figures`} of these names.`,
    { modal: true, detail: 'Saving replaces them.' },
    'Replace',
  );
  return answer === 'Replace';
}
