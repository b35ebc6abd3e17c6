/** Clusters as two arrays: the items of all, cluster after cluster, and where each cluster's begin (and, last, where all end). */
export interface ClusterOrder {
  readonly items: Int32Array;
  readonly starts: Int32Array;
}

const known = new WeakMap<readonly Int32Array[], ClusterOrder>();

/** Made once for a list of clusters, which samples share: a million lists of one item are slow to go through, item after item. */
export function clusterOrder(clusters: readonly Int32Array[]): ClusterOrder {
  const made = known.get(clusters) ?? orderOf(clusters);
  known.set(clusters, made);
  return made;
}

function orderOf(clusters: readonly Int32Array[]): ClusterOrder {
  const starts = new Int32Array(clusters.length + 1);
  clusters.forEach((own, cluster) => (starts[cluster + 1] = (starts[cluster] ?? 0) + own.length));
  const items = new Int32Array(starts[clusters.length] ?? 0);
  clusters.forEach((own, cluster) => {
    const start = starts[cluster] ?? 0;
    // A call for each list of one item would cost more than the item.
    if (own.length === 1) items[start] = own[0] ?? 0;
    else items.set(own, start);
  });
  return { items, starts };
}

/** The clusters that hold an item counted by `matters`, ascending. */
export function clustersHolding(
  { items, starts }: ClusterOrder,
  matters: (item: number) => boolean,
): Int32Array {
  const holding = new Int32Array(starts.length - 1);
  let count = 0;
  for (let cluster = 0; cluster < holding.length; cluster++) {
    const end = starts[cluster + 1] ?? 0;
    let at = starts[cluster] ?? 0;
    while (at < end && !matters(items[at] ?? 0)) at++;
    if (at < end) holding[count++] = cluster;
  }
  return holding.subarray(0, count);
}
