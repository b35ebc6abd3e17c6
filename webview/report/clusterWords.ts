const known: Readonly<Record<string, readonly [string, string]>> = {
  rollout: ['rollout', 'rollouts'],
  prompt_id: ['prompt', 'prompts'],
  question_id: ['question', 'questions'],
  row: ['row', 'rows'],
};

/** What one or several clusters are called; columns that the product doesn't know keep their name. */
export function clusterWords(clusterBy: string, number: number): string {
  const words = Object.hasOwn(known, clusterBy) ? known[clusterBy] : undefined;
  if (!words) return `${number === 1 ? 'cluster' : 'clusters'} of ${clusterBy}`;
  return number === 1 ? words[0] : words[1];
}
