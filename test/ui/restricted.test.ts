import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { type PackagedVsix, packagedVsix } from './support/packagedVsix';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';

describe('Restricted Mode', function () {
  this.timeout(240_000);
  let built: PackagedVsix;
  let workbench: Workbench;
  before(async () => {
    built = packagedVsix();
    workbench = await openWorkbench({
      installed: { vsix: built.vsix },
      files: {
        [file]: rejectionRun(4).text,
        // What a hostile repository would like: labels of another name, in a folder of its own.
        '.vscode/settings.json': JSON.stringify({
          'rolloutAnnotator.rater': 'somebody-else',
          'rolloutAnnotator.annotationsFolder': '/tmp/rollout-annotator-elsewhere',
        }),
      },
      settings: {
        'rolloutAnnotator.rater': 'rater-1',
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
  });
  after(async () => {
    await workbench?.dispose();
    built?.remove();
  });

  it('is what the window is in', async () => {
    await workbench.page.locator('.statusbar').getByText('Restricted Mode').waitFor();
  });

  it('labels beside the file as the machine’s rater, shows the judge, and opens the report', async () => {
    const editor = await openEditor(workbench, file);
    await editor.score('3', 1, 12);
    await editor.score('6', 2, 12);
    const stored = labelsOnDisk(join(workbench.workspace, file));
    assert.deepEqual(
      stored.map(event => [event.rater, event.kind === 'score' && event.value]),
      [
        ['rater-1', 3],
        ['rater-1', 6],
      ],
    );
    assert.equal(existsSync('/tmp/rollout-annotator-elsewhere'), false);
    await editor.press('b');
    await editor.frame.getByTestId('judge').waitFor();
    await workbench.screenshot('restricted');
    await editor.frame.getByText('Agreement report').click();
    await workbench
      .editorFrame()
      .getByText(/quadratic/i)
      .first()
      .waitFor();
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
