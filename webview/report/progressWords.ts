import type { ReportProgress } from '../../src/protocol/reportProtocol';
import { count } from './numbers';

/** How far a computation has come, after "Counting … ". */
export function progressWords({ stage, done, total }: ReportProgress): string {
  const of = `${count(done)} of ${count(total)}`;
  switch (stage) {
    case 'scanning':
      return `reading the file, ${done}%`;
    case 'rollouts':
      return `taking in ${of} rollouts`;
    case 'texts':
      return `reading the text of ${of} rollouts`;
    case 'items':
      return `reading ${of} items`;
    case 'comparisons':
      return `comparing ${of} pairs`;
    case 'questions':
      return `answering question ${of}`;
  }
}
