import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const answerTimeoutMs = 60_000;

/** Runs commands in the extension host, through files that the harness's opener extension answers. */
export interface CommandChannel {
  /** Settles when an extension host answers in which every extension is registered. */
  ready(): Promise<void>;
  /** Forgets the host that answers now, because its window is about to go. */
  forgetHost(): void;
  /** Runs a command and gives its result. */
  execute(command: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Leaves a command to be run; for one that ends its own host and is never answered. */
  send(command: string): Promise<void>;
}

/**
 * The channel over a folder that test/workbench/opener/opener.cjs watches. `isHost` tells whether a process is
 * an extension host that lives: a killed one keeps its id until its parent has noticed.
 */
export function commandChannel(folder: string, isHost: (pid: number) => boolean): CommandChannel {
  const readyFile = join(folder, 'ready');
  let count = 0;

  function hostPid(): Promise<number> {
    return poll('No extension host with the opener extension came up', () => {
      const text = existsSync(readyFile) ? readFileSync(readyFile, 'utf8') : '';
      return text !== '' && isHost(Number(text)) ? Number(text) : undefined;
    });
  }

  async function request(command: string, args: readonly unknown[]): Promise<{ pid: number; name: string }> {
    const pid = await hostPid();
    const name = join(folder, `${pid}-${++count}`);
    writeFileSync(`${name}.partial`, JSON.stringify({ command, args }));
    renameSync(`${name}.partial`, `${name}.request.json`);
    return { pid, name };
  }

  return {
    async ready() {
      await hostPid();
    },
    forgetHost() {
      rmSync(readyFile, { force: true });
    },
    async execute(command, ...args) {
      const { pid, name } = await request(command, args);
      const answer = await poll(`${command} did not end`, () => {
        const file = `${name}.response.json`;
        if (existsSync(file))
          return JSON.parse(readFileSync(file, 'utf8')) as { result?: unknown; error?: string };
        if (!isHost(pid)) throw new Error(`The extension host ended during ${command}.`);
        return undefined;
      });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.result;
    },
    async send(command) {
      await request(command, []);
    },
  };
}

/** Asks again and again until there is a value; VS Code gives no event that a test process could wait for. */
async function poll<T>(complaint: string, ask: () => T | undefined): Promise<T> {
  const end = Date.now() + answerTimeoutMs;
  while (Date.now() < end) {
    const value = ask();
    if (value !== undefined) return value;
    await sleep(50);
  }
  throw new Error(`${complaint} within ${answerTimeoutMs / 1000} s.`);
}
