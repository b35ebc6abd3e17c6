import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** What finding a link's file needs of the disk. Rejects as Node does. */
export interface LinkDisk {
  realpath(path: string): Promise<string>;
}

export interface LinkFolder {
  readonly name: string;
  readonly path: string;
}

export type LinkFile =
  /** In an open folder, with all links followed. */
  | { readonly kind: 'inside'; readonly path: string }
  /** Elsewhere: to be confirmed. Nothing there has been touched, unless a link within a folder led there. */
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** Finds the file of a link among the open folders. A relative path may begin with the name of one of several folders. */
export async function linkFile(
  path: string,
  folders: readonly LinkFolder[],
  disk: LinkDisk,
): Promise<LinkFile> {
  const candidates = isAbsolute(path) ? [resolve(path)] : folders.flatMap(folder => within(folder, path));
  const reachable = candidates.filter(candidate => folders.some(folder => contains(folder.path, candidate)));
  // To look at any other path could already tell a server on the network who asks.
  if (isAbsolute(path) && reachable.length === 0) return { kind: 'outside', path: resolve(path) };
  const roots = await Promise.all(folders.map(folder => disk.realpath(folder.path).catch(() => folder.path)));
  for (const candidate of reachable) {
    const real = await disk.realpath(candidate).catch(() => null);
    if (real === null) continue;
    return roots.some(root => contains(root, real))
      ? { kind: 'inside', path: candidate }
      : { kind: 'outside', path: real };
  }
  return {
    kind: 'missing',
    reason:
      folders.length === 0
        ? 'No folder is open: open the folder that holds the file, then the link.'
        : `The open folders hold no file “${basename(path)}” where the link says.`,
  };
}

function within(folder: LinkFolder, path: string): string[] {
  const [first, ...rest] = path.split('/');
  const direct = join(folder.path, path);
  return first === folder.name && rest.length > 0 ? [direct, join(folder.path, ...rest)] : [direct];
}

/** Whether a path lies in a folder, by their names alone. */
function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
