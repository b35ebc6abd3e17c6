import { viewTypes } from './ids';

/** Which of our editors a file opens in, by its path: the default one for the names that package.json gives it. */
export function viewTypeOf(path: string): string {
  return /\.rollouts?\.jsonl$/i.test(path) ? viewTypes.editor : viewTypes.option;
}
