import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a file of a test workspace holds: text, bytes, or a copy of a file or folder of the checkout. */
export type FileContent = string | Uint8Array | { readonly copyOf: string };

/** Files of a test workspace by their paths in it. */
export type WorkspaceFiles = Readonly<Record<string, FileContent>>;

/** Writes the files under a folder. */
export function writeFiles(folder: string, files: WorkspaceFiles): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === 'object' && 'copyOf' in content) cpSync(content.copyOf, path, { recursive: true });
    else writeFileSync(path, content);
  }
}
