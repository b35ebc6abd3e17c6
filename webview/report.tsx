import './toolkit';
import { render } from 'preact';
import type { ReportRequests } from '../src/protocol/reportProtocol';
import { ReportPage, type Choice } from './report/ReportPage';
import { requestsTo, vscode } from './request';

const request = requestsTo<ReportRequests>(() => undefined);
const choice = (vscode.getState() ?? {}) as Choice;

render(
  <ReportPage request={request} choice={choice} onChoice={next => vscode.setState(next)} />,
  document.getElementById('root') ?? document.body,
);
