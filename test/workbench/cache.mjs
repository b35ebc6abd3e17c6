import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onExit } from './cleanup.mjs';

/** A lock older than this belongs to an install that hung or to a process whose id was given out again. */
const lockLifetimeMs = 15 * 60_000;

/** Where downloads live: outside the checkout, so that a second clone starts in seconds. */
export function cacheRoot() {
  return process.env.ROLLOUT_ANNOTATOR_CACHE || join(homedir(), '.cache', 'rollout-annotator');
}

/** Whether the named entry is already there, whole. */
export function isCached(name) {
  return existsSync(join(cacheRoot(), name, '.complete'));
}

/**
 * The folder of a cached download. `install(folder)` fills it the first time: in a folder beside the final
 * one, renamed at the end, so that an interrupted install is done again instead of being used half-way.
 */
export async function cached(name, install) {
  const root = cacheRoot();
  const final = join(root, name);
  if (isCached(name)) return final;
  mkdirSync(root, { recursive: true });

  const unlock = await lock(join(root, `${name}.lock`));
  const partial = join(root, `${name}.partial-${process.pid}`);
  const forget = onExit(() => rmSync(partial, { recursive: true, force: true }));
  try {
    if (isCached(name)) return final;
    // Whoever left one of these was killed: we have the lock.
    for (const left of readdirSync(root).filter(entry => entry.startsWith(`${name}.partial-`))) {
      rmSync(join(root, left), { recursive: true, force: true });
    }
    mkdirSync(partial);
    await install(partial);
    writeFileSync(join(partial, '.complete'), '');
    if (!isCached(name)) {
      rmSync(final, { recursive: true, force: true });
      renameSync(partial, final);
    }
    return final;
  } finally {
    rmSync(partial, { recursive: true, force: true });
    forget();
    unlock();
  }
}

/** Waits for the lock file, takes it and returns the function that gives it back. */
async function lock(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  const release = () => rmSync(path, { force: true });
  try {
    for (let told = false; ; await sleep(500)) {
      try {
        // A hard link appears with its content in one step: nobody reads a lock without its owner.
        linkSync(own, path);
        const forget = onExit(release);
        return () => {
          release();
          forget();
        };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      if (isAbandoned(path)) {
        release();
      } else if (!told) {
        console.log('Waiting for another install into the same cache …');
        told = true;
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function isAbandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > lockLifetimeMs) return true;
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return false;
  } catch (error) {
    // ESRCH: its owner is gone. ENOENT: just given back, so try again. EPERM: alive, someone else's.
    return error.code === 'ESRCH';
  }
}
