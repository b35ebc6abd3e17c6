import * as vscode from 'vscode';
import type { AnalysisReport } from '../core/analysis/analysisReport';
import { analysisFigures } from '../core/figures/analysis/analysisFigures';
import { figureSvg } from '../core/figures/figureSvg';

/** Asks for a folder and writes each figure of an analysis as SVG; how many, `null` where none was chosen. */
export async function saveFigures(report: AnalysisReport, beside: vscode.Uri): Promise<number | null> {
  const figures = analysisFigures(report);
  if (figures.length === 0) throw new Error('There are no figures to save.');
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Save Figures',
      openLabel: 'Save Here',
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.joinPath(beside, '..'),
    })) ?? [];
  if (!folder) return null;
  const files = figures.map(figure => ({
    name: `${report.criterion}-${figure.id}.svg`,
    svg: figureSvg(figure),
  }));
  const there = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  const replaced = files.filter(({ name }) => there.has(name)).length;
  if (replaced > 0 && !(await mayReplace(replaced))) return null;
  for (const { name, svg } of files)
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(svg));
  return files.length;
}

async function mayReplace(figures: number): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `The folder already holds ${figures === 1 ? 'a figure' : `${String(figures)} figures`} of these names.`,
    { modal: true, detail: 'Saving replaces them.' },
    'Replace',
  );
  return answer === 'Replace';
}
