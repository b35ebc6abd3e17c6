import './toolkit';
import { render } from 'preact';
import type { HostToReport, ReportProgress, ReportRequests } from '../src/protocol/reportProtocol';
import { ReportPage, type Choice } from './report/ReportPage';
import { requestsTo, vscode } from './request';

let onProgress: (progress: ReportProgress) => void = () => undefined;
const request = requestsTo<ReportRequests>(message => {
  const told = message as HostToReport;
  if (told.kind === 'progress') onProgress(told.progress);
});
const choice = (vscode.getState() ?? {}) as Choice;

render(
  <ReportPage
    host={{ request, onProgress: listener => (onProgress = listener) }}
    choice={choice}
    onChoice={next => vscode.setState(next)}
  />,
  document.getElementById('root') ?? document.body,
);
