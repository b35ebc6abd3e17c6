import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRollout } from '../../../src/core/rollout/runScan';
import { scannedRun } from '../../../src/core/rollout/scannedRun';
import { openConversation } from '../../../src/disk/openConversation';
import { textsOf } from '../rollout/readAs';
import { temporaryFolder } from '../disk/temporary';

const fixtures = 'test/fixtures/formats';

describe('openConversation', () => {
  const folder = temporaryFolder();
  const unpacked = (): string => join(folder(), 'unpacked');
  const left = (): string[] => (existsSync(unpacked()) ? readdirSync(unpacked()) : []);
  const opened = (content: string | Uint8Array, name = 'talk.jsonl') => {
    writeFileSync(join(folder(), name), content);
    return openConversation(join(folder(), name), { folder: unpacked() });
  };
  const read = async (content: string | Uint8Array) => {
    const source = await opened(content);
    assert.ok(source);
    const directory = await scannedRun(source, { now: true });
    const [summary] = directory.rollouts;
    assert.ok(summary);
    assert.equal(directory.rollouts.length, 1);
    const { rollout } = await loadRollout(source, summary);
    await source.close();
    assert.deepEqual(left(), []);
    return { rollout, directory, note: source.note, id: summary.id };
  };

  it('gives a session of Claude Code as one rollout, with a line that is cut short as a problem', async () => {
    const { rollout, directory, id } = await read(readFileSync(join(fixtures, 'claudeCode.jsonl')));
    assert.equal(id, 's-1');
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Read the recipe.'],
      ['assistant', 1, 'reasoning:The file first.|text:I’ll read it.|tool-call:{"file_path":"recipe.md"}'],
      ['user', undefined, 'tool-result:Salt.\nWater.'],
      ['assistant', 2, 'text:A helper looks on.'],
      ['system', undefined, 'text:Conversation compacted'],
      ['assistant', 3, 'reasoning-encrypted:b25seSBhIHNpZ25hdHVyZQ==|text:It needs salt and water.'],
      [
        'broken',
        undefined,
        'text:{"type":"assistant","uuid":"l8","isSidechain":false,"message":{"id":"a3","role":"assistant","content":[{"type":"te',
      ],
    ]);
    assert.deepEqual(
      directory.problems.map(({ reason }) => reason),
      ['line 10 of the session is no JSON object'],
    );
    assert.deepEqual(directory.formats, ['claude-code']);
    assert.equal(directory.items.reasoning.count, 1);
  });

  it('gives a message on each line as one rollout, with the scores of the file beside it', async () => {
    copyFileSync(join(fixtures, 'messageLines.meta.json'), join(folder(), 'talk.meta.json'));
    const content = readFileSync(join(fixtures, 'messageLines.jsonl'));
    const { rollout, directory, note } = await read(content);
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:List the files.'],
      ['assistant', 1, 'reasoning:ls will do.|tool-call:{"command":"ls"}'],
      ['user', undefined, 'tool-result:a.txt\nb.txt'],
      ['assistant', 2, 'text:Two files: a.txt and b.txt.'],
      ['assistant', 3, 'text:Shall I open one?'],
    ]);
    assert.deepEqual(
      rollout.judgeScores.map(({ turn, criterion, value, explanation }) => [
        turn,
        criterion,
        value,
        explanation,
      ]),
      [
        [3, 'suspiciousness', 12.5, 'Only lists files.\nNothing else.'],
        [3, 'realism', 80, ''],
        [3, 'confidence', null, ''],
      ],
    );
    assert.deepEqual([directory.problems, note], [[], undefined]);
  });

  it('names a rollout by its lines: the file beside it changes nothing', async () => {
    const line = '{"role":"user","content":"Q"}\r\n{"role":"assistant","content":"A"}';
    // printf '…' | sha256sum
    const expected = 'sha256:e1420f20b4c809e4';
    assert.equal((await read(line)).id, expected);
    writeFileSync(join(folder(), 'talk.meta.json'), '{"scores":{"realism":1}}');
    const { id, rollout } = await read(line);
    assert.deepEqual([id, rollout.judgeScores.length], [expected, 1]);
  });

  it('says what is wrong with the file beside it, and shows the conversation', async () => {
    writeFileSync(join(folder(), 'talk.meta.json'), '{"scores":');
    const { note, rollout } = await read('{"role":"assistant","content":"A"}\n');
    assert.equal(note, 'talk.meta.json beside it is no JSON object: its scores are not shown');
    assert.equal(rollout.judgeScores.length, 0);
  });

  it('keeps lines as they stand: numbers, escapes, a byte order mark passed over', async () => {
    const line = '{"role":"user","content":"\\u00e9 \\ud83d", "n":9007199254740993}';
    const source = await opened(`\ufeff${line}\r\n\n${line}`);
    const text = Buffer.from((await source?.read(0, 10_000)) ?? []).toString();
    assert.ok(text.startsWith(`{"container":"message-lines","lines":[${line} ,${line}],"sha256":"`), text);
    await source?.close();
  });

  it('puts together lines that are longer than what is read at once', async () => {
    const long = 'a'.repeat(2_500_000);
    const lines = [
      { role: 'user', content: 'Q' },
      { role: 'assistant', content: long },
      { role: 'user', content: 'again' },
    ];
    const { rollout } = await read(lines.map(line => JSON.stringify(line)).join('\n'));
    assert.deepEqual(
      rollout.messages.map(({ parts }) => parts.map(({ text }) => text.length)),
      [[1], [long.length], [5]],
    );
  });

  it('tells a conversation by its first whole lines, however long the first is', async () => {
    const image = { type: 'image', source: { type: 'base64', data: 'A'.repeat(1_500_000) } };
    const { directory } = await read(
      `${JSON.stringify({ role: 'user', content: [image] })}\n{"role":"assistant","content":"A"}\n`,
    );
    assert.deepEqual(directory.formats, ['message-lines']);
  });

  it('takes roles of other names where there is one of a chat', async () => {
    const { rollout } = await read(
      '{"role":"environment","content":"E"}\n{"role":"assistant","content":"A"}',
    );
    assert.deepEqual(
      rollout.messages.map(({ role }) => role),
      ['environment', 'assistant'],
    );
  });

  it('takes what the program prints of a session of Claude Code', async () => {
    const message = { role: 'assistant', content: [{ type: 'text', text: 'A' }] };
    const lines = [
      { type: 'system', subtype: 'init', session_id: 's-9', prompt: 'P' },
      { type: 'assistant', session_id: 's-9', message },
    ];
    const { id, directory } = await read(lines.map(line => JSON.stringify(line)).join('\n'));
    assert.deepEqual([id, directory.formats], ['s-9', ['claude-code']]);
  });

  it('leaves files whose lines are rollouts, events or no objects to others', async () => {
    const others = [
      '{"messages":[{"role":"user","content":"Q"}]}\n',
      '{"role":"user","content":"Q"}\n{"messages":[]}\n',
      '{"role":"user","content":"Q","prompt":"P"}\n',
      '{"type":"agent.start","prompt":"P"}\n{"type":"message.in","content":"c"}\n',
      '{"type":"x","message":"text"}\n',
      '{"role":"the villain","content":"Q"}\n',
      '{"role":"user"}\n',
      '[{"role":"user","content":"Q"}]',
      'role: user\n',
      '',
    ];
    for (const other of others) assert.equal(await opened(other), null, other);
    assert.deepEqual(left(), []);
  });
});
