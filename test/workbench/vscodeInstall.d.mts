export const vscodeVersions: readonly string[];
export const newestVscode: string;
