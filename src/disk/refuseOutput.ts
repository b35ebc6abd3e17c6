import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** Why an export may not be written to a path: it is the rollout file, by whatever name, or lies in the annotations. `null` where it may. */
export async function refuseOutput(
  path: string,
  rolloutFile: string,
  annotations: string,
): Promise<string | null> {
  const [there, rollouts] = await Promise.all([statOf(path), statOf(rolloutFile)]);
  if (there && rollouts && there.dev === rollouts.dev && there.ino === rollouts.ino)
    return 'that is the rollout file itself, which is never written';
  if (there?.isDirectory()) return 'that is a folder';
  const [out, folder] = await Promise.all([settled(path), settled(annotations)]);
  if (out === folder || out.startsWith(folder + sep))
    return 'that lies in the annotations folder, which holds labels alone';
  return null;
}

const statOf = (path: string) => stat(path, { bigint: true }).catch(() => null);

/** The real path; of what is not there yet, in the real folder. */
async function settled(path: string): Promise<string> {
  const whole = resolve(path);
  return realpath(whole).catch(async () =>
    dirname(whole) === whole ? whole : join(await settled(dirname(whole)), basename(whole)),
  );
}
