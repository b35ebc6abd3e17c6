import type { Page } from 'playwright-core';

/** What VS Code itself causes: its log, files and tasks its server does without, how its windows close. */
const vscodesOwn = [
  /^%c/,
  /^A bad HTTP response code/,
  /^WebSocket connection to/,
  /^Timed out getting tasks/,
  /^Blocked attempt to show a 'beforeunload'/,
];

/**
 * Collects what goes wrong in a page and its frames, without what VS Code at `origin` says about itself:
 * console errors, CSP violations, uncaught exceptions.
 */
export function collectErrors(page: Page, origin: string): readonly string[] {
  const errors: string[] = [];
  page.on('console', message => {
    const text = message.text();
    const isMissingFile =
      text.startsWith('Failed to load resource') && message.location().url.startsWith(origin);
    const isOurs = !isMissingFile && !vscodesOwn.some(pattern => pattern.test(text));
    if (message.type() === 'error' && isOurs) errors.push(text);
  });
  page.on('pageerror', error => errors.push(String(error)));
  return errors;
}

const ownServer = /^(127\.0\.0\.1|.*\.vscode-resource\.vscode-cdn\.net|)$/;

/** What no test may bring about: a violation of a page's content policy, or a request to another server. */
export function policyBreaches(window: {
  readonly requests: readonly string[];
  readonly consoleErrors: readonly string[];
}): readonly string[] {
  return [
    ...window.consoleErrors.filter(text => /Content.Security.Policy/i.test(text)),
    ...window.requests.filter(url => !ownServer.test(new URL(url).hostname)),
  ];
}
