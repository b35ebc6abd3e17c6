import { useEffect, useState } from 'preact/hooks';
import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView } from '../../src/protocol/itemView';
import type { DisagreementFilter } from '../../src/protocol/listFilter';
import type { ReviewCounts } from '../../src/protocol/listRows';
import { causeName, causes, untagged } from './causes';
import type { Controller } from './controller';
import { Dropdown } from './Dropdown';
import { keyOf } from './keys';
import { reviewVersion } from './ReviewRows';

interface Props {
  readonly state: EditorState;
  readonly view: ItemView | null;
  readonly filter: DisagreementFilter;
  readonly controller: Controller;
}

/** How far the review of the disagreements is, and which of them are gone through: each count is a filter. */
export function ReviewBar({ state, view, filter, controller }: Props) {
  const [counts, setCounts] = useState<ReviewCounts | null>(null);
  const version = [
    state.generation,
    state.rubric.criterion,
    state.subset?.name ?? '',
    state.rater,
    state.done,
    reviewVersion(view, filter),
  ].join(' ');
  useEffect(() => {
    let isLast = true;
    controller.request('review', { ...controller.scope(), filter }).then(
      read => isLast && setCounts(read),
      // The list has moved on: the next drawing asks again.
      () => undefined,
    );
    return () => void (isLast = false);
  }, [version]);
  const move = (where: 'previous' | 'next') => {
    const key = keyOf(state.keys, where === 'next' ? 'nextItem' : 'previousItem');
    return (
      <button
        type="button"
        class="action"
        aria-label={`${where === 'next' ? 'Next' : 'Previous'} disagreement`}
        disabled={(view?.nav[where] ?? null) === null}
        onClick={() => controller.move(where)}
      >
        {where === 'next' ? 'Next' : 'Back'} {key !== '' && <kbd>{key}</kbd>}
      </button>
    );
  };
  return (
    <section class="listbar" aria-label="Disagreements" data-testid="review-bar">
      <h2 title="The human score is your own first one, else the mean of the other raters’ first scores.">
        Disagreements
      </h2>
      <Dropdown
        label="How far apart"
        title="How far judge and human are apart"
        testId="apart"
        value={JSON.stringify(filter.apart)}
        onChoose={value =>
          controller.narrow({ apart: JSON.parse(value) as DisagreementFilter['apart'], cause: null })
        }
      >
        {distances(state).map(([apart, name]) => (
          <option key={name} value={JSON.stringify(apart)}>
            {name}
          </option>
        ))}
      </Dropdown>
      {counts && (
        <>
          <span class="count" role="status" data-testid="reviewed">
            {counts.reviewed} of {counts.items} reviewed
          </span>
          <div class="chips" role="group" aria-label="Cause">
            {[...causes.map(([code]) => code), untagged].map(code => (
              <button
                key={code}
                type="button"
                class="chip"
                data-cause={code}
                aria-pressed={filter.cause === code}
                disabled={(counts.causes[code] ?? 0) === 0 && filter.cause !== code}
                onClick={() => controller.narrow({ cause: filter.cause === code ? null : code })}
              >
                {causeName(code)} <b>{counts.causes[code] ?? 0}</b>
              </button>
            ))}
          </div>
        </>
      )}
      <span class="moves">
        {move('previous')}
        {move('next')}
        <Leave label="Leave the review" controller={controller} />
      </span>
      {counts && counts.items > 0 && counts.reviewed === counts.items && (
        <p class="done" data-testid="review-done">
          {doneText(counts)}{' '}
          <button type="button" class="link" onClick={() => controller.openReport(false)}>
            Agreement report
          </button>
        </p>
      )}
    </section>
  );
}

/** The cross of a bar that narrows the list. */
export function Leave({ label, controller }: { label: string; controller: Controller }) {
  return (
    <button
      type="button"
      class="leave"
      aria-label={label}
      title={label}
      onClick={() => controller.setFilter('all')}
    >
      ✕
    </button>
  );
}

function distances({ rubric }: EditorState): [DisagreementFilter['apart'], string][] {
  return [
    ['any', 'Any difference'],
    ...[1, 2, 3].map((least): [DisagreementFilter['apart'], string] => [
      { least },
      `Judge ≥ ${String(least)} away`,
    ]),
    ...rubric.thresholds.map((across): [DisagreementFilter['apart'], string] => [
      { across },
      `Across ≥ ${String(across)}`,
    ]),
    ['raters', 'Raters differ'],
  ];
}

function doneText({ items, causes: given }: ReviewCounts): string {
  const named = causes.flatMap(([code]) => {
    const count = given[code] ?? 0;
    return count > 0 ? [`${String(count)} ${causeName(code)}`] : [];
  });
  const settled = given[untagged] ?? 0;
  const parts = [...named, ...(settled > 0 ? [`${String(settled)} settled without a cause`] : [])];
  return `${items === 1 ? 'The one disagreement is' : `All ${String(items)} are`} reviewed: ${parts.join(', ')}.`;
}
