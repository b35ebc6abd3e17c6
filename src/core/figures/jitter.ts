/** Two numbers in [−½, ½) that depend on the text alone: a point keeps its place in every drawing (FNV-1a, 32 bits). */
export function jitter(text: string): readonly [number, number] {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV's high bits hardly move for ids that differ in the last letter; this finish spreads them (MurmurHash3's).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return [(hash >>> 16) / 0x10000 - 0.5, (hash & 0xffff) / 0x10000 - 0.5];
}
