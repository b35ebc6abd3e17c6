const { writeFileSync } = require('node:fs');
const { Runner, reporters } = require('mocha');

/** Mocha's own report, and the counts as JSON in the file ROLLOUT_ANNOTATOR_COUNTS names. */
class CountReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.ROLLOUT_ANNOTATOR_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

module.exports = CountReporter;
