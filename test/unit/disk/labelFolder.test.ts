import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeEvent } from '../../../src/core/labels/labelLog';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { score } from '../labels/events';
import { temporaryFolder } from './temporary';

describe('readLabelFolder', () => {
  const folder = temporaryFolder();
  const put = (name: string, content: string): void => {
    mkdirSync(dirname(join(folder(), name)), { recursive: true });
    writeFileSync(join(folder(), name), content);
  };
  const read = async () => {
    const { events, unknown, problems } = await readLabelFolder(folder());
    return { ids: events.map(event => event.id), unknown, problems };
  };
  const id = (serial: number): string => score(serial, 0).id;

  it('is empty for a folder that is not there, or has no labels', async () => {
    assert.deepEqual(await readLabelFolder(join(folder(), 'gone')), { events: [], unknown: 0, problems: [] });
    assert.deepEqual(await read(), { ids: [], unknown: 0, problems: [] });
  });

  it('gives the union of all raters’ files by event id, then by writer', async () => {
    put('labels/ben/aaaaaaaa.jsonl', encodeEvent(score(3, 1)) + encodeEvent(score(1, 1)));
    put('labels/ann/bbbbbbbb.jsonl', encodeEvent(score(2, 5)));
    put('labels/ann/aaaaaaaa.jsonl', encodeEvent(score(2, 4)));
    const { events, problems } = await readLabelFolder(folder());
    assert.deepEqual(
      events.map(event => [event.id, event.kind === 'score' && event.value]),
      [
        [id(1), 1],
        [id(2), 4],
        [id(2), 5],
        [id(3), 1],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('reports torn tails, junk lines and what comes from later versions, and uses the rest', async () => {
    put(
      'labels/ann/aaaaaaaa.jsonl',
      `${encodeEvent(score(1, 1))}junk\n{"v":9,"kind":"score"}\n${encodeEvent(score(2, 1))}{"v":1,`,
    );
    assert.deepEqual(await read(), {
      ids: [id(1), id(2)],
      unknown: 1,
      problems: [
        'labels/ann/aaaaaaaa.jsonl, line 2: not valid JSON; the line was left out.',
        'labels/ann/aaaaaaaa.jsonl ends in the middle of an event (7 bytes); that tail was set aside.',
      ],
    });
  });

  it('passes over files that are no logs and folders that are no raters’', async () => {
    put('labels/README.md', 'hello');
    put('labels/notes', 'hello');
    put('labels/Ann/aaaaaaaa.jsonl', encodeEvent(score(1, 1)));
    put('labels/ann/aaaaaaaa.jsonl.orig', encodeEvent(score(2, 1)));
    put('source.json', '{}');
    assert.deepEqual(await read(), { ids: [], unknown: 0, problems: [] });
  });

  it('reports a file that links out of the folder and does not read it', async () => {
    put('outside.jsonl', encodeEvent(score(1, 1)));
    put('study/labels/ann/aaaaaaaa.jsonl', encodeEvent(score(2, 1)));
    put('study/elsewhere/bbbbbbbb.jsonl', encodeEvent(score(3, 1)));
    put('study-twin/labels/ann/cccccccc.jsonl', encodeEvent(score(4, 1)));
    const study = join(folder(), 'study');
    symlinkSync(join(folder(), 'outside.jsonl'), join(study, 'labels', 'ann', 'dddddddd.jsonl'));
    symlinkSync(join(folder(), 'study-twin', 'labels', 'ann'), join(study, 'labels', 'ben'));
    symlinkSync(join(study, 'elsewhere', 'bbbbbbbb.jsonl'), join(study, 'labels', 'ann', 'bbbbbbbb.jsonl'));
    symlinkSync(join(folder(), 'gone'), join(study, 'labels', 'ann', 'eeeeeeee.jsonl'));
    const { events, problems } = await readLabelFolder(study);
    assert.deepEqual(
      events.map(event => event.id),
      [id(2), id(3)],
    );
    assert.deepEqual(problems, [
      'labels/ann/dddddddd.jsonl is a link out of the annotations folder and was not read.',
      'labels/ann/eeeeeeee.jsonl could not be read: there is no such file.',
      'labels/ben/cccccccc.jsonl is a link out of the annotations folder and was not read.',
    ]);
  });

  it('says where labels could not be read, instead of taking the folder for empty', async () => {
    put('labels', 'a file');
    assert.deepEqual((await read()).problems, [
      'labels could not be read: a part of its path is not a folder.',
    ]);
    const { problems } = await readLabelFolder(join(folder(), 'labels', 'x'));
    assert.deepEqual(problems, [
      'The annotations folder could not be read: a part of its path is not a folder.',
    ]);
  });

  it('reports a folder with a log’s name', async () => {
    mkdirSync(join(folder(), 'labels', 'ann', 'aaaaaaaa.jsonl'), { recursive: true });
    assert.deepEqual((await read()).problems, ['labels/ann/aaaaaaaa.jsonl could not be read: not a file.']);
  });

  it('reads a log of hundreds of thousands of lines', async () => {
    put('labels/ann/aaaaaaaa.jsonl', `${encodeEvent(score(1, 1))}${'x\n'.repeat(150_000)}`);
    const { ids, problems } = await read();
    assert.deepEqual([ids.length, problems.length], [1, 150_000]);
  }).timeout(20_000);
});
