import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInRubrics, frustrationRubric } from '../../../src/core/labels/rubric';
import { rubricFileText, rubricsWith } from '../../../src/core/labels/rubricFile';
import { readRubrics } from '../../../src/disk/rubricFolder';
import { temporaryFolder } from './temporary';

describe('readRubrics', () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder(), 'rubrics'), { recursive: true });
    writeFileSync(join(folder(), 'rubrics', name), text);
  };
  const joy = (more: object = {}): string =>
    JSON.stringify({ criterion: 'joy', part: 'response', scale: { min: 0, max: 4 }, ...more });

  it('of a folder that is not there, or has none, is empty', async () => {
    assert.deepEqual(await readRubrics(join(folder(), 'nowhere')), { rubrics: [], problems: [] });
    assert.deepEqual(await readRubrics(folder()), { rubrics: [], problems: [] });
  });

  it('reads overrides and custom criteria by name', async () => {
    write('joy.json', joy());
    write('frustration.json', rubricFileText({ ...frustrationRubric, title: 'Ours' }));
    write('notes.txt', 'no rubric');
    const { rubrics, problems } = await readRubrics(folder());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rubricsWith(builtInRubrics, rubrics).map(({ criterion, title }) => [criterion, title]),
      [
        ['frustration', 'Ours'],
        ['legibility', 'Legibility of the reasoning'],
        ['joy', 'Joy of this response'],
      ],
    );
  });

  it('says of each file that it can’t use why, and uses the others', async () => {
    write('awe.json', joy());
    write('joy.json', joy());
    write('My Rubric.json', joy());
    write('sad.json', '{');
    mkdirSync(join(folder(), 'rubrics', 'zeal.json'));
    const { rubrics, problems } = await readRubrics(folder());
    assert.deepEqual(
      rubrics.map(({ criterion }) => criterion),
      ['joy'],
    );
    assert.deepEqual(problems, [
      'rubrics/My Rubric.json: a name here is 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.',
      'rubrics/awe.json: not a rubric: it names the criterion "joy", its file is "awe.json".',
      'rubrics/sad.json: not valid JSON.',
      'rubrics/zeal.json could not be read: not a file.',
    ]);
  });

  it('follows no link out of the folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'rollout-annotator-outside-'));
    try {
      writeFileSync(join(outside, 'joy.json'), joy());
      mkdirSync(join(folder(), 'rubrics'));
      symlinkSync(join(outside, 'joy.json'), join(folder(), 'rubrics', 'joy.json'));
      assert.deepEqual(await readRubrics(folder()), {
        rubrics: [],
        problems: ['rubrics/joy.json could not be read: it is a link out of the annotations folder.'],
      });
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('says where the folder itself can’t be read', async () => {
    writeFileSync(join(folder(), 'rubrics'), 'a file');
    assert.deepEqual((await readRubrics(folder())).problems, [
      'rubrics could not be read: a part of its path is not a folder.',
    ]);
  });
});
