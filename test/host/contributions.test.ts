import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { commands, settings, viewTypes } from '../../src/host/ids';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
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
