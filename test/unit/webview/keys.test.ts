import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyBindings, keyOf, readKey } from '../../../webview/editor/keys';
import type { Action, KeyPress } from '../../../webview/editor/keys';

/** A key press on a US keyboard unless it says otherwise. */
function press(
  key: string,
  more: Partial<KeyboardEvent> = {},
  overrides: Readonly<Record<string, string>> = {},
): KeyPress | null {
  const event = {
    key,
    code: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    ...more,
  };
  return readKey(event as KeyboardEvent, overrides);
}

const score = (value: number): KeyPress => ({ kind: 'score', value });
const action = (name: Action): KeyPress => ({ kind: 'action', action: name });

describe('a key', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('0 to 9 score, t is ten', () => {
    for (let value = 0; value <= 9; value++) {
      assert.deepEqual(press(String(value), { code: `Digit${value}` }), score(value));
      assert.deepEqual(press(String(value), { code: `Numpad${value}` }), score(value));
    }
    assert.deepEqual(press('t', { code: 'KeyT' }), score(10));
    assert.equal(press('T', { code: 'KeyT', shiftKey: true }), null);
  });

  it('a digit is what the key says, before its place', () => {
    assert.deepEqual(press('7', { code: 'Digit4' }), score(7));
  });

  it('where digits need Shift, as on AZERTY, the key scores with and without it', () => {
    assert.deepEqual(press('&', { code: 'Digit1' }), score(1));
    assert.deepEqual(press('à', { code: 'Digit0' }), score(0));
    assert.deepEqual(press('1', { code: 'Digit1', shiftKey: true }), score(1));
  });

  it('the numpad without NumLock moves and scores nothing', () => {
    for (const [key, code] of [
      ['Home', 'Numpad7'],
      ['ArrowUp', 'Numpad8'],
      ['PageDown', 'Numpad3'],
      ['Insert', 'Numpad0'],
    ] as const) {
      assert.equal(press(key, { code }), null, key);
    }
  });

  it('Shift and a digit on a US keyboard is no score', () => {
    for (const [index, key] of [...')!@#$%^&*('].entries()) {
      assert.equal(press(key, { code: `Digit${index}`, shiftKey: true }), null, key);
    }
  });

  it('each action has its letter, and a capital is another key', () => {
    const expected: readonly (readonly [string, Action])[] = [
      ['c', 'cannotAssess'],
      ['s', 'skip'],
      ['u', 'undo'],
      ['U', 'redo'],
      ['j', 'nextItem'],
      ['k', 'previousItem'],
      ['J', 'nextRollout'],
      ['K', 'previousRollout'],
      ['n', 'note'],
      ['h', 'highlight'],
      ['g', 'flag'],
      ['b', 'judge'],
      ['w', 'cause'],
      ['e', 'reasoning'],
      ['m', 'markdown'],
      ['x', 'criterion'],
      ['?', 'help'],
    ];
    for (const [key, name] of expected)
      assert.deepEqual(press(key, { shiftKey: key !== key.toLowerCase() }), action(name), key);
    for (const key of ['C', 'S', 'N', 'H', 'G', 'B', 'W', 'E', 'M', 'X'])
      assert.equal(press(key, { shiftKey: true }), null, key);
    assert.deepEqual(press('Escape'), action('close'));
  });

  it('? is found by what it says, on whichever key it stands', () => {
    assert.deepEqual(press('?', { code: 'Slash', shiftKey: true }), action('help'));
    assert.deepEqual(press('?', { code: 'Minus', shiftKey: true }), action('help'));
    assert.deepEqual(press('/', { code: 'Slash' }), action('search'));
  });

  it('Ctrl or Cmd with Z undoes, with Shift redoes, and Ctrl+Y redoes', () => {
    for (const modifier of [{ ctrlKey: true }, { metaKey: true }]) {
      assert.deepEqual(press('z', modifier), action('undo'));
      assert.deepEqual(press('Z', { ...modifier, shiftKey: true }), action('redo'));
      assert.deepEqual(press('Z', modifier), action('undo'), 'with caps lock');
      assert.deepEqual(
        press('z', { ...modifier, shiftKey: true }),
        action('redo'),
        'with caps lock and Shift',
      );
    }
    assert.deepEqual(press('y', { ctrlKey: true }), action('redo'));
    assert.equal(press('y', { metaKey: true }), null);
    assert.equal(press('Y', { ctrlKey: true, shiftKey: true }), null);
  });

  it('with Ctrl, Cmd or Alt is never a score or a single-key action', () => {
    const keys = [...'0123456789tcsuUjkJKnhgbemx?'];
    const modifiers = [{ ctrlKey: true }, { metaKey: true }, { altKey: true }];
    for (const key of keys)
      for (const modifier of modifiers) assert.equal(press(key, { code: 'Digit1', ...modifier }), null, key);
    assert.equal(press('z', { ctrlKey: true, altKey: true }), null);
  });

  it('of a word that is being composed is left alone', () => {
    assert.equal(press('5', { code: 'Digit5', isComposing: true }), null);
  });

  it('that is none of ours is left alone', () => {
    for (const key of [
      'Tab',
      'Enter',
      'ArrowDown',
      'PageDown',
      'F1',
      ' ',
      'a',
      'q',
      'Shift',
      'Unidentified',
    ]) {
      assert.equal(press(key), null, key);
    }
  });

  it('never throws, and scores 0 to 10 alone', () => {
    const keys = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 2 }),
      fc.constantFrom('Dead', 'Process', '3', 't'),
    );
    const codes = fc.constantFrom('', 'Digit3', 'Numpad9', 'KeyA', 'Digit10', 'NumpadAdd');
    fc.assert(
      fc.property(keys, codes, fc.boolean(), fc.boolean(), (key, code, shiftKey, ctrlKey) => {
        const read = press(key, { code, shiftKey, ctrlKey });
        if (read?.kind !== 'score') return;
        assert.ok(Number.isInteger(read.value) && read.value >= 0 && read.value <= 10);
        assert.equal(ctrlKey, false);
      }),
    );
  });
});

describe('the keys setting', () => {
  it('moves an action to another key: the old one does nothing', () => {
    const moved = { flag: 'f' };
    assert.deepEqual(press('f', {}, moved), action('flag'));
    assert.equal(press('g', {}, moved), null);
    assert.equal(keyOf(moved, 'flag'), 'f');
    assert.equal(keyOf({}, 'flag'), 'g');
  });

  it('takes a key away', () => {
    assert.equal(press('s', {}, { skip: '' }), null);
    assert.equal(press('', {}, { skip: '' }), null);
    assert.equal(keyOf({ skip: '' }, 'skip'), '');
  });

  it('may swap two keys', () => {
    const swapped = { nextItem: 'k', previousItem: 'j' };
    assert.deepEqual(
      [press('k', {}, swapped), press('j', {}, swapped)],
      [action('nextItem'), action('previousItem')],
    );
  });

  it('leaves Ctrl+Z and Escape as they are', () => {
    const none = { undo: '', redo: '', help: '' };
    assert.deepEqual(press('z', { ctrlKey: true }, none), action('undo'));
    assert.deepEqual(press('Escape', {}, none), action('close'));
  });

  it('with names of no action changes nothing', () => {
    assert.deepEqual(keyBindings({ dance: 'd', toString: 'x' }), keyBindings({}));
  });

  it('has every key once by default', () => {
    const keys = keyBindings({}).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.every(key => !/^[0-9t]$/.test(key)));
  });
});
