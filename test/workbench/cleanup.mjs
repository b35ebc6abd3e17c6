/** What must be undone however this process ends: processes stopped, temporary folders removed. */
const undos = new Set();
let listening = false;

/** Registers a synchronous undo for every way out of this process; the returned function takes it back. */
export function onExit(undo) {
  listen();
  undos.add(undo);
  return () => undos.delete(undo);
}

function listen() {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const undo of [...undos].reverse()) {
      try {
        undo();
      } catch {
        // One failed undo must not keep the others from running.
      }
    }
  });
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.on(signal, () => process.exit(128 + number));
  }
}
