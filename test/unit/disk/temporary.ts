import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** A folder that is new for each test and gone after it. Call within a describe. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-disk-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** All files below a folder, by their path with `/`, with their content. */
export function filesIn(folder: string): Record<string, string> {
  const names = (
    statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder, { recursive: true }) : []
  ) as string[];
  const files = names.map(name => join(folder, name)).filter(path => statSync(path).isFile());
  return Object.fromEntries(
    files.sort().map(path => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}
