/** What a rollout file's labels and rollouts can be exported as. */
export const exportKinds = ['csv', 'jsonl', 'scout', 'alt-test', 'markdown', 'pairs'] as const;
export type ExportKind = (typeof exportKinds)[number];

const endings: Readonly<Record<ExportKind, string>> = {
  csv: 'labels.csv',
  jsonl: 'labels.jsonl',
  scout: 'scout.json',
  'alt-test': 'alt-test.json',
  markdown: 'agreement.md',
  pairs: 'pairs.jsonl',
};

/** The name proposed for an export's file: "run.rollouts.jsonl" becomes "run.labels.csv". */
export function exportFileName(file: string, kind: ExportKind): string {
  const stem = file.replace(/(\.rollouts?)?\.(jsonl\.gz|jsonl|json|eval)$/i, '');
  return `${stem === '' ? 'rollouts' : stem}.${endings[kind]}`;
}
