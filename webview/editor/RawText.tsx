import { useMemo } from 'preact/hooks';
import { textPieces } from './textMarks';
import type { TextMark } from './textMarks';

/** Text exactly as it is in the file: white space kept, invisible characters named, commands and evidence marked. */
export function RawText({ text, marks }: { text: string; marks: readonly TextMark[] }) {
  const pieces = useMemo(() => textPieces(text, marks), [text, marks]);
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.invisible !== undefined) {
          return (
            <span
              key={index}
              class="invisible"
              data-name={piece.invisible}
              title={`invisible character: ${piece.invisible}`}
            >
              {piece.text}
            </span>
          );
        }
        if (piece.marks.length === 0) return piece.text;
        const isEvidence = piece.marks.includes('evidence');
        const inner = piece.marks.includes('command') ? (
          <span class="command">{piece.text}</span>
        ) : (
          piece.text
        );
        return isEvidence ? <mark key={index}>{inner}</mark> : <span key={index}>{inner}</span>;
      })}
    </>
  );
}
