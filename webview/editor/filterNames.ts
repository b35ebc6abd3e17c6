import type { DisagreementFilter, ListFilter } from '../../src/protocol/listFilter';

/** What the list can show, by the names of the dropdown. */
export type FilterName = Extract<ListFilter, string> | 'disagreements' | 'picked';

export const filterNames: Readonly<Record<FilterName, string>> = {
  all: 'All',
  open: 'Unlabelled',
  skipped: 'Skipped',
  flagged: 'Flagged',
  stale: 'Stale',
  disagreements: 'Disagreements',
  picked: 'Picked',
};

export const nameOf = (filter: ListFilter): FilterName => (typeof filter === 'string' ? filter : filter.kind);

export const isReview = (filter: ListFilter): filter is DisagreementFilter =>
  nameOf(filter) === 'disagreements';

/** Where a review begins: with all that differ, whatever their cause. */
export const wholeReview: DisagreementFilter = { kind: 'disagreements', apart: 'any', cause: null };
