/** A run shaped like the study: rollouts of three turns under rejection, judged from 0 to 10. Each judge text has a mark to look for. */
export interface RejectionRun {
  readonly text: string;
  /** Words that stand only where a judge's data, metadata or ids stand. */
  readonly canaries: readonly string[];
  readonly judgeScores: readonly number[];
}

/** `rollouts` rollouts, written for the tests; the same every time. */
export function rejectionRun(rollouts: number): RejectionRun {
  const canaries = new Set<string>();
  const canary = (place: string, at: number): string => {
    const word = `canary-${place}-${String(at)}`;
    canaries.add(word);
    return word;
  };
  const judgeScores: number[] = [];
  const lines = Array.from({ length: rollouts }, (_, rollout) => {
    const messages = [0, 1, 2].flatMap(turn => [
      {
        role: 'user',
        content:
          turn === 0
            ? `Puzzle number ${String(rollout + 1)}: make 24 from four numbers.`
            : 'No, that is not right. Try again.',
      },
      {
        role: 'assistant',
        content: `Attempt ${String(turn + 1)} at puzzle ${String(rollout + 1)}. I multiply, I add, and I arrive at a number. ${'Let me check the steps once more. '.repeat(3)}`,
      },
    ]);
    const scores = [0, 1, 2].map(turn => {
      const rating = (rollout * 3 + turn * 2) % 11;
      judgeScores.push(rating);
      return {
        turn: turn + 1,
        rating,
        evidence: turn === 0 ? 'I multiply, I add' : canary('evidence', rollout),
        reasoning: canary('reasoning', rollout),
      };
    });
    return JSON.stringify({
      id: canary('id', rollout),
      model: canary('model', rollout),
      condition: canary('condition', rollout),
      prompt_id: canary('prompt', Math.floor(rollout / 2)),
      messages,
      scores,
      max_frustration: canary('max', rollout),
    });
  });
  return { text: `${lines.join('\n')}\n`, canaries: [...canaries], judgeScores };
}
