import { format } from 'node:util';

/**
 * Begins every line the tests write with the mark that test/workbench/shim.mjs asks for, to tell it from the
 * hundreds VS Code writes about itself. Imported before Mocha, which takes its own reference to console.log.
 * The whole console is replaced, because VS Code's ignores assignments to its methods.
 */
const mark = process.env.ROLLOUT_ANNOTATOR_LINE_MARK ?? '';
const original = console;
globalThis.console = Object.create(original, {
  log: { value: (...args: unknown[]) => original.log(mark + format(...args)) },
});
