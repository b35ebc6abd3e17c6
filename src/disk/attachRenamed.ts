import { link, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { ioCode, ioReason } from './ioReason';
import { annotationKinds } from './renamedLabels';
import type { RenamedLabels } from './renamedLabels';
import { addSourceFile, readSourceFile, replaceSourceFile } from './sourceFile';
import { syncFolder } from './syncFolder';

/** What became of a folder that was found. */
export interface Attached {
  /** Moved as one, or file by file into a folder that was there. */
  readonly moved: 'folder' | 'files';
  /** What stays in the earlier folder: its path in it, and why, in a clause. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Makes labels found under an earlier name those of `fileName`, whose annotations folder is `target`. Nothing is
 * overwritten; whatever stops it halfway, each file is whole in one of the two folders, and it can be done again.
 * Rejects where the folder can't be moved at all.
 */
export async function attachRenamed(
  found: Pick<RenamedLabels, 'path'>,
  target: string,
  fileName: string,
): Promise<Attached> {
  if (!(await lstat(found.path)).isDirectory())
    throw new Error('the folder that was found is no folder any more');
  const said = await readSourceFile(found.path);
  const moved = await moveWhole(found.path, target);
  const left = moved ? [] : await moveFiles(found.path, target);
  const there = await readSourceFile(target);
  const source = there ?? said;
  if (source !== null && there?.name !== fileName)
    await replaceSourceFile(target, { ...source, name: fileName });
  if (!moved && left.length === 0) await removeEmptied(found.path);
  return { moved: moved ? 'folder' : 'files', left };
}

/** `false` where there is something at the target already. */
async function moveWhole(path: string, target: string): Promise<boolean> {
  const there = await lstat(target).catch((error: unknown) => {
    if (ioCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (there !== null) return false;
  try {
    await rename(path, target);
  } catch (error) {
    // Somebody was faster.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(ioCode(error)) && (await isFolder(target))) return false;
    throw error;
  }
  await syncFolder(dirname(target));
  await syncFolder(dirname(path));
  return true;
}

const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );

/** Moves each file that does not collide. Links are left alone. */
async function moveFiles(from: string, to: string): Promise<Attached['left']> {
  const left: { name: string; reason: string }[] = [];
  const root = await realpath(to);
  const walk = async (name: string): Promise<void> => {
    const entries = await readdir(join(from, name), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => compareCodeUnits(a.name, b.name))) {
      const inner = name === '' ? entry.name : `${name}/${entry.name}`;
      const leave = (reason: string): void => void left.push({ name: inner, reason });
      if (name === '' && entry.name === 'source.json') continue;
      if (name === '' && !annotationKinds.includes(entry.name))
        leave('it is no part of an annotations folder');
      else if (entry.isDirectory()) await walk(inner);
      else if (!entry.isFile()) leave('it is a link or no plain file');
      else {
        try {
          await makeFolder(root, dirname(join(root, inner)));
          await moveFile(join(from, inner), join(root, inner));
        } catch (error) {
          leave(ioCode(error) === 'EEXIST' ? 'there is another file of that name' : ioReason(error));
        }
      }
    }
    if (name !== '') {
      await syncFolder(join(root, name));
      await syncFolder(join(from, name));
    }
  };
  await walk('');
  return left;
}

/** Makes the folders down to `path` one after the other, so that nothing is made behind a link. */
async function makeFolder(root: string, path: string): Promise<void> {
  if (path === root) return;
  await makeFolder(root, dirname(path));
  const made = await mkdir(path, { recursive: true });
  if (!(await realpath(path)).startsWith(root + sep))
    throw new Error('its folder is a link out of the annotations folder');
  if (made !== undefined) await syncFolder(dirname(path));
}

/** Moves a file under a name that is free; rejects with EEXIST where another file has it. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    // A rename would put it over a file that is there.
    await link(from, to);
  } catch (error) {
    if (ioCode(error) === 'EEXIST') {
      // It may have come this far before.
      if (!(await sameBytes(from, to))) throw error;
    } else if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(ioCode(error))) {
      // A file system without second names: the name is taken first, and the file put over what is surely ours.
      await (await open(to, 'wx')).close();
      await rename(from, to).catch(async (second: unknown) => {
        await rm(to, { force: true });
        throw second;
      });
      return;
    } else throw error;
  }
  await syncFolder(dirname(to));
  await rm(from, { force: true });
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  const stats = await lstat(other);
  // A link could lead back to the file that is about to be removed.
  if (!stats.isFile() || stats.size !== (await lstat(one)).size) return false;
  return (await readFile(one)).equals(await readFile(other));
}

/** Takes away what is left of a folder all files of which have moved; what others put there meanwhile stays. */
async function removeEmptied(path: string): Promise<void> {
  const said = await readSourceFile(path);
  const removeFolders = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
      if (entry.isDirectory()) await removeFolders(join(folder, entry.name));
    if (folder !== path) await rmdir(folder).catch(() => undefined);
  };
  await removeFolders(path);
  const rest = await readdir(path).catch(() => null);
  if (rest === null || rest.some(name => name !== 'source.json')) return;
  await rm(join(path, 'source.json'), { force: true }).catch(() => undefined);
  const gone = await rmdir(path).then(
    () => true,
    (error: unknown) => ioCode(error) === 'ENOENT',
  );
  // Another window wrote labels here just now: they must be found again too.
  if (!gone && said !== null) await addSourceFile(path, said).catch(() => undefined);
}
