import { strict as assert } from 'node:assert';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench';

/** The editor as a person sees it: what it says, and keys pressed into it. */
export interface EditorPage {
  readonly frame: FrameLocator;
  /** "Item 3 · turn 1". */
  heading(): Promise<string>;
  /** "2 / 72". */
  progress(): Promise<string>;
  waitForItem(number: number): Promise<void>;
  waitForProgress(text: string): Promise<void>;
  /** Puts the keyboard into the editor, as a click on it would, and waits until it is there. */
  focus(): Promise<void>;
  /** Presses a key when score keys act, and gives what it does some time. */
  press(key: string): Promise<void>;
  /** Scores the item on the screen once its score keys act, and waits for the label to be acknowledged. */
  score(key: string, done: number, items: number): Promise<void>;
}

/** Longer than the pause in which score keys are inert after an item was painted. */
export const keyPauseMs = 350;

/** Opens a file in the editor and waits until its first item is drawn; the keyboard is then in it. */
export async function openEditor(workbench: Workbench, file: string, viewType?: string): Promise<EditorPage> {
  await workbench.openFile(file, viewType);
  const frame = workbench.editorFrame();
  await frame.getByTestId('item-heading').waitFor();
  const { page } = workbench;
  const hasFocus = (): Promise<boolean> => frame.locator('body').evaluate(() => document.hasFocus());
  /** VS Code hands the focus back some time after a command has settled, and a key is not to be pressed before. */
  const waitForFocus = async (): Promise<void> => {
    for (let left = 40; left > 0 && !(await hasFocus()); left--) await page.waitForTimeout(50);
  };
  const acting = frame.locator('.ladder[data-acts="true"]');
  const editor: EditorPage = {
    frame,
    heading: async () => (await frame.getByTestId('item-heading').innerText()).trim(),
    progress: async () => (await frame.getByTestId('progress').innerText()).trim(),
    waitForItem: async number => {
      await frame
        .getByTestId('item-heading')
        .filter({ hasText: new RegExp(`^Item ${String(number)} `) })
        .waitFor();
    },
    waitForProgress: async text => {
      try {
        await frame.getByTestId('progress').filter({ hasText: text }).waitFor({ timeout: 20_000 });
      } catch {
        const picture = await workbench.screenshot('progress-missing');
        const says = `${await editor.heading()}, ${await editor.progress()}, “${(await frame.getByTestId('notice').innerText()).trim()}”, ${(await hasFocus()) ? 'with' : 'without'} the keyboard`;
        assert.fail(`waited for ${text}, but the editor shows ${says} (${picture})`);
      }
    },
    focus: async () => {
      // While a window loads, other parts of it may still take the focus.
      for (let attempt = 1; attempt <= 20; attempt++) {
        await workbench.executeCommand('workbench.action.focusActiveEditorGroup');
        await page.waitForTimeout(100);
        if (await hasFocus()) return;
      }
      assert.fail('the editor did not get the keyboard');
    },
    press: async key => {
      // Without items, or behind a dialog, no key will ever score: then press all the same.
      await acting.waitFor({ timeout: 2000 }).catch(() => undefined);
      await waitForFocus();
      await page.keyboard.press(key);
      await page.waitForTimeout(keyPauseMs);
    },
    score: async (key, done, items) => {
      await acting.waitFor();
      await waitForFocus();
      await page.keyboard.press(key);
      await editor.waitForProgress(`${String(done)} / ${String(items)}`);
    },
  };
  await editor.focus();
  await page.waitForTimeout(keyPauseMs);
  return editor;
}
