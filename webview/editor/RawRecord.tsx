import { useState } from 'preact/hooks';
import type { Controller } from './controller';
import { RawText } from './RawText';

/** The line of the file, to the letter, fetched when it is asked for. */
export function RawRecord({ controller, ordinal }: { controller: Controller; ordinal: number }) {
  const [text, setText] = useState<string | null>(null);
  const [failed, setFailed] = useState('');
  if (text !== null) {
    return (
      <div class="cot raw record">
        <RawText text={text} marks={[]} />
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        class="action"
        onClick={() =>
          void controller
            .request('record', { ...controller.scope(), ordinal })
            .then(setText, (error: unknown) => setFailed(String(error)))
        }
      >
        Show the raw line
      </button>
      {failed !== '' && <p class="error">{failed}</p>}
    </>
  );
}
