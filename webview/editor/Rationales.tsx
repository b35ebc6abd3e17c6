import type { ComponentChildren } from 'preact';
import type { ItemView, JudgeView, OwnLabel } from '../../src/protocol/itemView';
import { RawOnly } from './Evidence';
import { JudgeMark, OwnMark } from './Ladder';
import { judgeMark } from './textMarks';

/** What each side gave as its reasons, side by side under the text that they speak of. */
export function Rationales({ view }: { view: ItemView }) {
  const { own, shown } = view;
  if (!shown) return null;
  return (
    <section class="rationales" aria-label="Reasons" data-testid="rationales" tabIndex={0}>
      <Side title={ownTitle(own)} mark={<OwnMark />} isEmpty={own.note === '' && own.evidence.length === 0}>
        {own.note !== '' && <p class="said">{own.note}</p>}
        {own.evidence.map(span => (
          <blockquote key={span.start} class="own">
            “{span.quote}”
          </blockquote>
        ))}
      </Side>
      {shown.judges.map((judge, index) => (
        <JudgeSide key={index} judge={judge} index={index} />
      ))}
      {shown.others.map(other => (
        <Side
          key={other.rater}
          title={`${other.rater} ${scoreText(other.value)}`}
          mark={<OwnMark />}
          isEmpty={other.note === ''}
        >
          <p class="said">{other.note}</p>
        </Side>
      ))}
    </section>
  );
}

function JudgeSide({ judge, index }: { judge: JudgeView; index: number }) {
  const { value, explanation, evidence, span, model, run } = judge;
  return (
    <Side
      title={`Judge ${value === null ? 'no score' : String(value)}`}
      mark={<JudgeMark />}
      isEmpty={explanation === '' && evidence === ''}
    >
      {explanation !== '' && <p class="said">{explanation}</p>}
      {evidence !== '' && (
        <blockquote>
          “{evidence}”{span === null && <span class="caution small"> not in the text word for word</span>}
          {span && <RawOnly name={judgeMark(index)} />}
        </blockquote>
      )}
      {(model !== '' || run !== '') && <p class="muted small">{[model, run].filter(Boolean).join(' · ')}</p>}
    </Side>
  );
}

interface SideProps {
  readonly title: string;
  readonly mark: ComponentChildren;
  readonly isEmpty: boolean;
  readonly children: ComponentChildren;
}

function Side({ title, mark, isEmpty, children }: SideProps) {
  return (
    <div class="side">
      <h3>
        {mark} {title}
      </h3>
      {isEmpty ? <p class="muted">No reason given.</p> : children}
    </div>
  );
}

function ownTitle({ value, first }: OwnLabel): string {
  if (value === null) return 'You: not labelled';
  return first === null
    ? `You ${scoreText(value)}`
    : `You ${scoreText(first)}, revised to ${scoreText(value)}`;
}

const scoreText = (value: number | 'cannot'): string =>
  value === 'cannot' ? 'cannot assess' : String(value);
