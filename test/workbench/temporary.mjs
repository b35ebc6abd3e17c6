import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from './cleanup.mjs';

/** A fresh folder that is removed when this process ends, or earlier by `remove()`. */
export function temporaryFolder(purpose) {
  const path = mkdtempSync(join(tmpdir(), `rollout-annotator-${purpose}-`));
  // A process just killed may still be writing its last file: a few retries get past "folder not empty".
  const clear = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forget = onExit(clear);
  return {
    path,
    remove() {
      clear();
      forget();
    },
  };
}
