const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { Runner, reporters } = require('mocha');

/** Mocha's own report, and the counts by test file as JSON in the file ROLLOUT_ANNOTATOR_COUNTS names. */
class CountReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const count =
      what =>
      ({ file }) => {
        const name = file ? relative(process.cwd(), file) : '';
        files[name] ??= { passed: 0, failed: 0, skipped: 0 };
        files[name][what] += 1;
      };
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = Runner.constants;
    runner.on(EVENT_TEST_PASS, count('passed'));
    runner.on(EVENT_TEST_FAIL, count('failed'));
    runner.on(EVENT_TEST_PENDING, count('skipped'));
    runner.once(EVENT_RUN_END, () => {
      const target = process.env.ROLLOUT_ANNOTATOR_COUNTS;
      if (target) writeFileSync(target, JSON.stringify({ files }));
    });
  }
}

module.exports = CountReporter;
