import { open } from 'node:fs/promises';

/** Makes the names in a folder durable, as far as the system can. Never rejects. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders; there the file's own sync has to do.
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
