/** What stands over the main measures of the same items unweighted. */
export const unweightedHead = 'The same items, unweighted:';

/** What stands over an average over raters. */
export const averageHead =
  'Each number is the unweighted mean of these raters’ own; a cluster counts for all of them at once.';
