import './toolkit';
import { render } from 'preact';
import type { AnalysisChoice, AnalysisRequests, HostToAnalysis } from '../src/protocol/analysisProtocol';
import type { ReportProgress } from '../src/protocol/reportProtocol';
import { AnalysisPage } from './analysis/AnalysisPage';
import { requestsTo, vscode } from './request';

let onProgress: (progress: ReportProgress) => void = () => undefined;
const request = requestsTo<AnalysisRequests>(message => {
  const told = message as HostToAnalysis;
  if (told.kind === 'progress') onProgress(told.progress);
});

render(
  <AnalysisPage
    host={{ request, onProgress: listener => (onProgress = listener) }}
    choice={(vscode.getState() as AnalysisChoice | undefined) ?? null}
    onChoice={choice => vscode.setState(choice)}
  />,
  document.getElementById('root') ?? document.body,
);
