import { setImmediate as nextTurn } from 'node:timers/promises';
import { compileQuery } from '../../core/search/searchQuery';
import type { SearchQuery } from '../../core/search/searchQuery';
import type { SearchHit, SearchNews } from '../../protocol/searchProtocol';
import type { FoundRollout, SearchRecord } from '../../protocol/searchWorkerProtocol';
import { searchInWorker } from '../searchInWorker';
import type { Searching } from '../searchInWorker';
import { listGeneration } from './editorState';
import type { ItemQueue } from './queue';
import { isListShown } from './reveal';
import { awaitedAnywhere, fileSight, slotRecords } from './searchSights';
import type { Session } from './session';

/** Results that are listed in all. */
export const mostHits = 10_000;
/** Characters of JSON that one message may hold: 64 KB however many bytes they take. */
const newsSize = 20_000;
const batchRecords = 256;
const batchBytes = 4 * 1024 * 1024;

/** Where the search's thread is, and where it finds the file: `null` where only the session has its bytes. */
export interface SearchPlace {
  readonly script: string;
  readonly path: string | null;
  /** Milliseconds that one rollout may take; five seconds where absent. */
  readonly patience?: number;
}

/** The search of one tab: it has one at a time, and another takes its place. */
export interface TabSearch {
  /** Begins to search what the list shows its rater now. Gives the search's serial; throws for what is no query. */
  start(session: Session, queue: ItemQueue, query: SearchQuery): number;
  stop(): void;
}

/** `tell` passes news on to the tab's page. */
export function tabSearch(place: SearchPlace, tell: (news: SearchNews) => void): TabSearch {
  let serial = 0;
  let running: Searching | null = null;
  const stop = (): void => {
    running?.cancel();
    running = null;
  };
  return {
    stop,
    start: (session, queue, query) => {
      const compiled = compileQuery(query);
      if ('reason' in compiled) throw new Error(compiled.reason);
      const { source } = session.state;
      if (!source) throw new Error('The file is not open.');
      stop();
      const mine = ++serial;
      const isVoid = voidness(session, queue);
      const news = newsOf(session, queue, mine, tell);
      const records = recordsOf(session, queue, isVoid);
      const order = {
        // Of a packed file that of its text.
        job: {
          query,
          part: queue.rubric.part,
          path: place.path === null ? null : (source.path ?? place.path),
        },
        source,
        records: records.batches,
        script: place.script,
        patience: place.patience ?? 5000,
      };
      const search = searchInWorker(order, (found, searched) => {
        if (serial !== mine) return;
        // What was found under other eyes is not for these.
        if (isVoid()) {
          stop();
          news.end('The list has changed: search again.', false);
          return;
        }
        const isFull = news.add(found, searched / Math.max(1, records.total()));
        if (!isFull) return;
        stop();
        news.end(`The first ${mostHits.toLocaleString('en')} results are listed: narrow the search.`, false);
      });
      running = search;
      search.ended.then(
        () => {
          if (running === search) news.end(null, false);
        },
        (error: unknown) => {
          if (running === search) news.end(error instanceof Error ? error.message : String(error), true);
        },
      );
      return mine;
    },
  };
}

/** Tells whether what a list shows its rater is not what it was when the search began. */
function voidness({ state }: Session, queue: ItemQueue): () => boolean {
  const now = (): string =>
    JSON.stringify([listGeneration(state), state.rater, isListShown(state, queue), state.source === null]);
  const then = now();
  return () => now() !== then;
}

interface Records {
  readonly batches: AsyncGenerator<readonly SearchRecord[]>;
  /** As far as it is known: a file that is still being read has more. */
  total(): number;
}

function recordsOf(session: Session, queue: ItemQueue, isVoid: () => boolean): Records {
  const { state } = session;
  if (queue.subset) {
    const records = slotRecords(state, queue);
    return { batches: inBatches(records), total: () => records.length };
  }
  const { items } = state.directory;
  return {
    batches: fileRecords(session, queue, isVoid),
    total: () => items[queue.rubric.part].rollouts,
  };
}

async function* inBatches(records: readonly SearchRecord[]): AsyncGenerator<readonly SearchRecord[]> {
  for (let at = 0; at < records.length; at += batchRecords) yield records.slice(at, at + batchRecords);
}

/** Rollouts with items, in the file's order; while it is being read, more as they come. */
async function* fileRecords(
  session: Session,
  queue: ItemQueue,
  isVoid: () => boolean,
): AsyncGenerator<readonly SearchRecord[]> {
  const { state } = session;
  const { directory } = state;
  const list = directory.items[queue.rubric.part];
  const awaited = state.judgeShown ? new Set<string>() : awaitedAnywhere(state);
  let batch: SearchRecord[] = [];
  let bytes = 0;
  let at = 0;
  for (;;) {
    const index = list.rolloutAt(at);
    const summary = index === undefined ? undefined : directory.rollouts.at(index);
    const isFull = batch.length >= batchRecords || bytes >= batchBytes;
    if (batch.length > 0 && (isFull || !summary)) {
      yield batch;
      batch = [];
      bytes = 0;
      await nextTurn();
      if (isVoid()) return;
    }
    if (index === undefined || !summary) {
      if (state.scanning === null) return;
      await moreRollouts(session);
      if (isVoid()) return;
      continue;
    }
    batch.push({
      index,
      span: summary.span,
      sight: fileSight(state, queue, { index, id: summary.id }, awaited),
    });
    bytes += summary.span.length;
    at += 1;
  }
}

/** Resolves when the session tells of a change, as after each batch of its scan. */
function moreRollouts(session: Session): Promise<void> {
  return new Promise(resolve => {
    const listening = session.onChange(() => {
      listening.dispose();
      resolve();
    });
  });
}

interface News {
  /** Tells of matches; gives whether no more can be listed. */
  add(found: readonly FoundRollout[], done: number): boolean;
  end(text: string | null, isError: boolean): void;
}

function newsOf(session: Session, queue: ItemQueue, serial: number, tell: (news: SearchNews) => void): News {
  const { state } = session;
  const isNamed = queue.subset === null && state.judgeShown;
  let listed = 0;
  let total = 0;
  let rollouts = 0;
  const send = (hits: readonly SearchHit[], done: number | null, ended: SearchNews['ended']): void =>
    tell({ kind: 'search', serial, hits, total, rollouts, done, ended });
  return {
    add: (found, done) => {
      let hits: SearchHit[] = [];
      let size = 0;
      for (const { index, hits: own, total: ofRollout } of found) {
        const id = isNamed ? (state.directory.rollouts.at(index)?.id ?? null) : null;
        total += ofRollout;
        rollouts += 1;
        const taken = own.slice(0, mostHits - listed);
        listed += taken.length;
        for (const [at, hit] of taken.entries()) {
          const more = at === taken.length - 1 ? ofRollout - taken.length : 0;
          const news = { ...hit, id, more };
          const length = JSON.stringify(news).length;
          if (size + length > newsSize) {
            send(hits, done, null);
            hits = [];
            size = 0;
          }
          hits.push(news);
          size += length;
        }
        if (listed >= mostHits) break;
      }
      send(hits, Math.min(1, done), null);
      return listed >= mostHits;
    },
    end: (text, isError) => send([], null, text === null ? null : { text, isError }),
  };
}
