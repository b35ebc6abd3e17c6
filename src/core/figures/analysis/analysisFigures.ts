import type { AnalysisReport } from '../../analysis/analysisReport';
import type { Figure } from '../figure';
import { aucFigure } from './aucFigure';
import { binsFigure } from './binsFigure';
import { boxFigure } from './boxFigure';
import { effectsFigure } from './effectsFigure';
import { eventFigure } from './eventFigure';
import { alignedFigure, meanFigure, shareFigure } from './trajectoryFigures';

/** All figures that a report has numbers for, in the order of the page; their ids are different. */
export function analysisFigures(report: AnalysisReport): Figure[] {
  const { trajectory, legibility, thresholds } = report;
  const made = [
    ...(trajectory
      ? [
          meanFigure(report, trajectory),
          ...thresholds.map((_, place) => shareFigure(report, trajectory, place)),
          eventFigure(report, trajectory),
          trajectory.auc ? aucFigure(report, trajectory.auc) : null,
          alignedFigure(report, trajectory),
        ]
      : []),
    ...(legibility
      ? [boxFigure(report, legibility), legibility.bins ? binsFigure(report, legibility.bins) : null]
      : []),
    effectsFigure(report),
  ];
  return made.filter(figure => figure !== null);
}
