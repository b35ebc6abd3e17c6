import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { which } from './executable.mjs';
import { quietSettings } from './quietSettings.mjs';

/** The desktop VS Code to use, if there is one; undefined leaves the server route. */
export function desktopVscode() {
  if (process.env.ROLLOUT_ANNOTATOR_CODE) return process.env.ROLLOUT_ANNOTATOR_CODE;
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDisplay ? which('code') : undefined;
}

/** Arguments that keep a desktop VS Code off the user's own profile and extensions. */
export function profileArguments(folder) {
  const user = join(folder, 'user-data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(quietSettings));
  return [`--user-data-dir=${join(folder, 'user-data')}`, `--extensions-dir=${join(folder, 'extensions')}`];
}
