import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';

/** Names, sizes and times of the files in `<folder>/<kind>` for each kind, as one text: it differs once one of them was written. */
export async function namedFileStamps(folder: string, kinds: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    kinds.map(async kind => {
      const names = await readdir(join(folder, kind)).catch((): string[] => []);
      const lines = names.sort(compareCodeUnits).map(async name => {
        const written = await stat(join(folder, kind, name)).then(
          ({ size, mtimeMs }) => `${String(size)} ${String(mtimeMs)}`,
          () => '',
        );
        return `${name} ${written}`;
      });
      return [kind, ...(await Promise.all(lines))];
    }),
  );
  return stamps.flat().join('\n');
}
