import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeContext, commands, rows, settings, views, viewTypes } from '../../src/host/ids';
import { eventually } from './eventually';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly image: string };
      }[];
    }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly customEditors: readonly { readonly viewType: string; readonly priority: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope?: string; readonly markdownDescription?: string }>
      >;
    };
  };
}

describe('what package.json contributes', () => {
  const extension = vscode.extensions.getExtension('rollout-annotator.rollout-annotator');
  const { contributes } = (extension?.packageJSON ?? {}) as Manifest;

  it('is what the code names: editors, commands and settings', () => {
    assert.deepEqual(
      contributes.customEditors.map(editor => [editor.viewType, editor.priority]),
      [
        [viewTypes.editor, 'default'],
        [viewTypes.option, 'option'],
      ],
    );
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(commands).sort(),
    );
    const { section, ...names } = settings;
    assert.deepEqual(
      Object.keys(contributes.configuration.properties).sort(),
      Object.values(names)
        .map(name => `${section}.${name}`)
        .sort(),
    );
  });

  it('has its view in a container of its own, with an icon that is there', () => {
    const [container] = contributes.viewsContainers.activitybar;
    assert.equal(container?.id, views.container);
    assert.ok(existsSync(join(extension?.extensionPath ?? '', container.icon)));
    assert.deepEqual(
      Object.entries(contributes.views).map(([place, [view]]) => [place, view?.id]),
      [[views.container, views.subsets]],
    );
  });

  it('offers in menus and welcome texts only what it contributes or VS Code has', () => {
    const known = new Set<string>(Object.values(commands));
    for (const [menu, entries] of Object.entries(contributes.menus))
      for (const { command } of entries) assert.ok(known.has(command), `${menu}: ${command}`);
    for (const { view, contents } of contributes.viewsWelcome) {
      assert.equal(view, views.subsets);
      const linked = [...contents.matchAll(/\(command:([^)?]+)[^)]*\)/g)].map(([, command]) => command ?? '');
      assert.ok(linked.includes(commands.openSample) && linked.includes(commands.pickFile));
      for (const command of linked)
        assert.ok(known.has(command) || /^(vscode|workbench)\./.test(command), command);
    }
  });

  it('leads through the sample by steps whose pictures and commands are there', () => {
    const [walkthrough] = contributes.walkthroughs;
    assert.deepEqual(
      walkthrough?.steps.map(({ id }) => id),
      ['sample', 'label', 'judge', 'report'],
    );
    const known = new Set<string>(Object.values(commands));
    for (const { description, media } of walkthrough?.steps ?? []) {
      assert.ok(existsSync(join(extension?.extensionPath ?? '', media.image)), media.image);
      for (const [, command = ''] of description.matchAll(/\(command:([^)]+)\)/g))
        assert.ok(known.has(command), command);
    }
    const linked = contributes.viewsWelcome.map(({ contents }) => decodeURIComponent(contents));
    for (const contents of linked)
      assert.ok(contents.includes(`"${extension?.id ?? ''}#${walkthrough?.id ?? ''}"`), contents);
  });

  it('asks in its menus for rows that the view has', () => {
    const kinds: readonly string[] = Object.values(rows);
    for (const { command, when = '' } of contributes.menus['view/item/context'] ?? []) {
      assert.ok(when.startsWith(`view == ${views.subsets} && viewItem `), command);
      const equal = /viewItem == (\S+)/.exec(when)?.[1];
      const like = /viewItem =~ \/(.+)\//.exec(when)?.[1];
      const matches = kinds.filter(kind =>
        like === undefined ? kind === equal : new RegExp(like).test(kind),
      );
      assert.ok(matches.length > 0, `${command}: ${when}`);
    }
  });

  it('keeps out of the palette what needs a row, and off until an editor is in front what needs one', () => {
    const when = new Map(contributes.menus.commandPalette?.map(entry => [entry.command, entry.when]));
    for (const command of [commands.open, commands.revealManifest]) assert.equal(when.get(command), 'false');
    for (const command of [commands.openAllItems, commands.openReport])
      assert.equal(when.get(command), activeContext);
    for (const command of [
      commands.newSubset,
      commands.openSubset,
      commands.importScores,
      commands.changeRater,
    ])
      assert.ok(!when.has(command), command);
  });

  it('ships the schema of rubric files', () => {
    for (const { url } of contributes.jsonValidation)
      assert.ok(existsSync(join(extension?.extensionPath ?? '', url)), url);
  });

  it('checks rubric files against their schema while they are written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-rubric-'));
    try {
      const rubrics = join(folder, 'run.jsonl.annotations', 'rubrics');
      mkdirSync(rubrics, { recursive: true });
      const file = join(rubrics, 'sycophancy.json');
      writeFileSync(file, '{ "criterion": "sycophancy", "nonsense": 1 }');
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      await eventually(() =>
        vscode.languages.getDiagnostics(document.uri).find(({ message }) => message.includes('nonsense')),
      );
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('registers every command', async () => {
    await extension?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commands).filter(command => !registered.has(command)),
      [],
    );
  });

  it('keeps the rater and the annotations folder out of committed workspace settings', () => {
    const { properties } = contributes.configuration;
    for (const name of [settings.rater, settings.annotationsFolder]) {
      assert.equal(properties[`${settings.section}.${name}`]?.scope, 'machine');
    }
    for (const [name, property] of Object.entries(properties))
      assert.ok(property.markdownDescription, `${name} is not described`);
  });
});
