const waitMs = 5000;
const longest = 600;

/** What a window shows, frame by frame: a log is all that is left of a run on another machine. */
async function describe(page) {
  const frames = await Promise.all(
    page.frames().map(async frame => {
      const body = await frame
        .locator('body')
        .innerText({ timeout: waitMs })
        .catch(error => `(${error.message})`);
      return `${new URL(frame.url()).pathname}: ${body.replace(/\s+/g, ' ').slice(0, longest)}`;
    }),
  );
  return frames.join('\n');
}

/** Mocha's root hooks: after a failed test, prints what the open windows show and what went wrong in them. */
exports.mochaHooks = {
  async afterEach() {
    if (this.currentTest?.state !== 'failed') return;
    this.timeout(60_000);
    for (const { page, consoleErrors, screenshot } of globalThis.openWorkbenches ?? []) {
      const name = this.currentTest
        .fullTitle()
        .replace(/[^a-z0-9]+/gi, '-')
        .slice(0, 80);
      const picture = await screenshot(`failed-${name}`).catch(error => error.message);
      console.log(`After “${this.currentTest.fullTitle()}” failed (${picture}):`);
      console.log([await describe(page), ...consoleErrors].join('\n'));
    }
  },
};
