import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ChildTask } from './labelChild';

/** A process that labels. */
export interface LabelChild {
  /** Lines that it has said so far. */
  readonly said: readonly string[];
  /** Resolves once it has said so many lines, or has ended. */
  lines(count: number): Promise<void>;
  begin(): void;
  kill(): void;
  /** Resolves once it has ended and all it said is in `said`. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Builds `labelChild.ts` once for the tests of a describe; starts processes of it, which end with their test. */
export function labelChildren(): (task: ChildTask) => LabelChild {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-child-'));
  const script = join(folder, 'labelChild.cjs');
  const running = new Set<LabelChild>();
  before(() =>
    build({
      // From the built test back to the checkout.
      entryPoints: [join(__dirname, '../../../../test/unit/disk/labelChild.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      outfile: script,
    }),
  );
  afterEach(async () => {
    for (const child of running) child.kill();
    await Promise.all([...running].map(child => child.ended));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return task => {
    const child = start(script, task);
    running.add(child);
    void child.ended.then(() => running.delete(child));
    return child;
  };
}

function start(script: string, task: ChildTask): LabelChild {
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    said.push(...parts);
    listeners.forEach(listener => void listener());
  });
  // It may have ended before it is told to begin.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  return {
    said,
    lines: count =>
      new Promise(resolve => {
        const look = (): void => {
          if (said.length < count) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => resolve());
      }),
    begin: () => void child.stdin.end('go'),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}
