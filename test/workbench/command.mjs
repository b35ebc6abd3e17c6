import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { onExit } from './cleanup.mjs';

/** The last lines of an output say what went wrong; this many go into an error message. */
const tailLines = 15;

/** How long a process may take to tidy up after itself before it is killed. */
const graceMs = 5000;

const windows = process.platform === 'win32';

/**
 * Starts a command as the leader of its own process group, so that nothing it starts outlives it: the whole
 * group is killed when this process ends, or only asked to end if it `tidiesUp`, having groups and temporary
 * folders of its own. `stop()` asks first in any case.
 */
export function spawnGroup(command, args, { tidiesUp = false, ...options } = {}) {
  // npm is a .cmd file on Windows, which only a shell can start.
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    shell: windows,
    ...options,
  });
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const signal = name => {
    if (child.pid === undefined) return;
    try {
      if (windows) child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // The group is already gone.
    }
  };
  const forget = onExit(() => signal(tidiesUp ? 'SIGTERM' : 'SIGKILL'));
  const stop = async () => {
    signal('SIGTERM');
    await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
    signal('SIGKILL');
    if (child.pid !== undefined) await ended;
    forget();
  };
  return { child, ended, stop };
}

/**
 * Runs a command to its end and returns its exit code and output; null is the code of a command that was
 * stopped because it outlasted `timeoutMs` (`timedOut`). `echo` shows the output while it comes.
 */
export async function runToEnd(command, args, { timeoutMs = 10 * 60_000, echo = false, ...options } = {}) {
  const { child, stop } = spawnGroup(command, args, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', text => {
      output += text;
      if (echo) process.stdout.write(text);
    });
  }
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void stop();
  }, timeoutMs);
  const code = await new Promise(resolve => {
    child.once('error', error => {
      output += error.message;
      resolve(null);
    });
    // 'exit', not 'close': a grandchild that keeps the pipe open must not keep us waiting.
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  await stop();
  return { code, output, timedOut };
}

/** Runs a command that has to succeed; throws with the tail of its output when it doesn't. */
export async function run(command, args, options) {
  const { code, output, timedOut } = await runToEnd(command, args, options);
  if (code === 0) return output;
  const reason = timedOut ? 'took too long' : `ended with code ${code}`;
  const tail = output.trim().split('\n').slice(-tailLines).join('\n');
  throw new Error(`${command} ${args.join(' ')} ${reason}${tail && `:\n${tail}`}`);
}
