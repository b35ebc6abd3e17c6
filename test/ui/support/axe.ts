import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { FrameLocator } from 'playwright-core';

interface WithAxe {
  readonly axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> };
}

const options: RunOptions = {
  iframes: false,
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Still experimental in axe-core, but what one says to a control by voice is what one sees on it.
  rules: { 'label-content-name-mismatch': { enabled: true } },
};

/** What axe-core calls serious or critical in a webview as it is drawn now: a line an element, with the rule and the cause. */
export async function seriousFindings(frame: FrameLocator): Promise<readonly string[]> {
  const body = await frame.locator('body').elementHandle();
  const page = await body?.ownerFrame();
  assert.ok(page, 'the webview has no page');
  // By the debugger, which the page's content policy does not hold for.
  await page.evaluate(readFileSync(join('node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(
    (chosen: RunOptions) => (window as unknown as WithAxe).axe.run(document, chosen),
    options,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        // A number that a figure's mark bears is rounded; the mark's name is not.
        .filter(({ html }) => !(id === 'label-content-name-mismatch' && html.startsWith('<g')))
        .map(({ target, html, failureSummary }) =>
          [`${id} ${target.join(' ')}`, html.slice(0, 400), failureSummary ?? ''].join('\n  '),
        ),
    );
}
