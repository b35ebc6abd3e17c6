import type { Workbench } from './workbench';

/** Reloads the window so that each of its frames keeps every message that it gets from then on. */
export async function keepMessages(workbench: Workbench): Promise<void> {
  await workbench.page.addInitScript(() => {
    const received: unknown[] = [];
    (window as { received?: unknown[] }).received = received;
    window.addEventListener('message', event => void received.push(event.data), true);
  });
  await workbench.reloadWindow();
}

/** Everything that the window shows, says or keeps: its frames' documents and messages, its title, its stored state. */
export async function everythingVisible(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  const frames = await Promise.all(
    page
      .frames()
      .map(frame =>
        frame
          .evaluate(
            () =>
              document.documentElement.outerHTML +
              JSON.stringify((window as { received?: unknown[] }).received ?? []),
          )
          .catch(() => ''),
      ),
  );
  const stored = await page.evaluate(async () => {
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error(name));
      });
      for (const store of database.objectStoreNames) {
        const values = await new Promise<unknown[]>(resolve => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => resolve([]);
        });
        found.push(
          values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n'),
        );
      }
      database.close();
    }
    return found.join('\n');
  });
  return [...frames, stored, await page.title()].join('\n');
}
