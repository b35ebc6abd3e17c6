import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { commandRuns, isCommand, markLook, textPieces } from './textMarks';
import type { TextMark, TextPiece } from './textMarks';

interface Props {
  readonly text: string;
  readonly marks: readonly TextMark[];
  /** Where the text begins in the item's text, of a part of it: its text nodes put together are the text exactly. */
  readonly offset?: number;
}

/** Text exactly as it is in the file: white space kept, invisible characters named, commands and evidence marked. */
export function RawText({ text, marks, offset }: Props) {
  const runs = useMemo(() => commandRuns(textPieces(text, marks)), [text, marks]);
  return (
    <span data-offset={offset}>
      {runs.map((run, index) => {
        const pieces = run.map(drawPiece);
        return run.some(isCommand) ? (
          <span key={index} class="command">
            {pieces}
          </span>
        ) : (
          <Fragment key={index}>{pieces}</Fragment>
        );
      })}
    </span>
  );
}

function drawPiece(piece: TextPiece, index: number) {
  const look = markLook(piece);
  const text =
    piece.invisible === undefined ? (
      piece.text
    ) : (
      <span
        key={index}
        class="invisible"
        data-name={piece.invisible}
        title={`invisible character: ${piece.invisible}`}
      >
        {piece.text}
      </span>
    );
  if (look === null) return text;
  return (
    <mark key={index} class={look.class} title={look.title} data-mark={look.name}>
      {text}
    </mark>
  );
}
