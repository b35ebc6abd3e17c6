/** An error that ends a command with one sentence: exit 1 where the input can't be used, 2 for wrong usage. */
export interface Failure extends Error {
  readonly exitCode: 1 | 2;
}

export function inputFailure(message: string): Failure {
  return Object.assign(new Error(message), { exitCode: 1 as const });
}

export function usageFailure(message: string): Failure {
  return Object.assign(new Error(message), { exitCode: 2 as const });
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}
