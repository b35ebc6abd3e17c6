import './toolkit';
import { render } from 'preact';
import type { SubsetRequests } from '../src/protocol/subsetProtocol';
import { requestsTo, vscode } from './request';
import { newSeed, SubsetPage, type Kept } from './subset/SubsetPage';

const listeners = new Set<() => void>();
const request = requestsTo<SubsetRequests>(message => {
  if (message.kind === 'changed') listeners.forEach(listener => void listener());
});
const kept = (vscode.getState() ?? { touched: {}, seed: newSeed() }) as Kept;

render(
  <SubsetPage
    request={request}
    kept={kept}
    onKeep={next => vscode.setState(next)}
    onChanged={listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    }}
  />,
  document.getElementById('root') ?? document.body,
);
