import { strict as assert } from 'node:assert';
import { openEditor } from './support/editorPage';
import { openWorkbench } from './support/workbench';

const looks = [
  { name: 'dark', theme: 'Default Dark Modern', viewport: { width: 1200, height: 720 } },
  { name: 'light', theme: 'Default Light Modern', viewport: { width: 1200, height: 720 } },
  { name: 'high-contrast', theme: 'Default High Contrast', viewport: { width: 1200, height: 720 } },
  { name: 'narrow', theme: 'Default Dark Modern', viewport: { width: 900, height: 640 } },
];

describe('the look', function () {
  this.timeout(240_000);
  for (const { name, theme, viewport } of looks) {
    it(`fits its window in ${name}: nothing is cut off, no policy is broken`, async () => {
      const workbench = await openWorkbench({
        theme,
        viewport,
        settings: { 'rolloutAnnotator.rater': 'rater-3', 'workbench.activityBar.location': 'hidden' },
        files: {
          'sample.rollouts.jsonl': { copyOf: 'media/sample.rollouts.jsonl' },
          'sample.rollouts.jsonl.annotations': { copyOf: 'media/sample.rollouts.jsonl.annotations' },
        },
      });
      try {
        const editor = await openEditor(workbench, 'sample.rollouts.jsonl');
        await workbench.executeCommand('workbench.action.closeSidebar');
        await workbench.page.mouse.move(viewport.width - 200, viewport.height - 4);
        await editor.focus();
        await editor.score('2', 1, 220);
        await editor.score('4', 2, 220);
        await workbench.screenshot(`editor-${name}`);
        const overflow = await editor.frame
          .locator('.editor')
          .evaluate(element => element.scrollWidth - element.clientWidth);
        assert.equal(overflow, 0, 'the editor is wider than its window');
        await editor.frame.getByTestId('list-chooser').selectOption('val-12');
        await editor.waitForProgress('0 / 12');
        await editor.waitForItem(1);
        await workbench.screenshot(`editor-subset-${name}`);
        await editor.frame.getByTestId('list-chooser').selectOption('+');
        const panel = workbench.editorFrame();
        await panel.getByText('Create subset').waitFor();
        await panel.getByText(/^val-100 · 100 slots/).waitFor();
        await workbench.screenshot(`subset-panel-${name}`);
        const panelWide = await panel
          .locator('body')
          .evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(panelWide, 0, 'the subset panel is wider than its window');
        await workbench.executeCommand('workbench.action.closeActiveEditor');
        await workbench.executeCommand('workbench.view.extension.rolloutAnnotator');
        await workbench.page.getByText('0/12 · frustration').waitFor();
        await workbench.screenshot(`view-${name}`);
        await workbench.executeCommand('workbench.action.closeSidebar');
        await workbench.executeCommand('workbench.action.focusActiveEditorGroup');
        await editor.frame.getByTestId('list-chooser').selectOption('');
        await editor.waitForProgress('2 / 220');
        await editor.press('b');
        // A subset of this rater's is not done: what showing the judge costs is said first.
        await editor.frame.getByText('You have not finished val-12').waitFor();
        await workbench.screenshot(`confirm-${name}`);
        await editor.frame.getByText('Show judge').last().click();
        await editor.frame.getByTestId('judge').waitFor();
        await workbench.screenshot(`editor-judge-${name}`);
        await editor.frame.getByText('Agreement report').click();
        const report = workbench.editorFrame();
        await report
          .getByText(/quadratic/i)
          .first()
          .waitFor();
        await workbench.screenshot(`report-${name}`);
        const wide = await report
          .locator('body')
          .evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, 'the report is wider than its window');
        assert.deepEqual(workbench.consoleErrors, []);
      } finally {
        await workbench.dispose();
      }
    });
  }
});
