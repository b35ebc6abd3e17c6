import { slugPattern } from './labelEvent';

/** Where the label files of a rollout file are, seen from it: `<file name>.annotations`. */
export function annotationsFolderName(fileName: string): string {
  return `${fileName}.annotations`;
}

/** `labels/<rater>/<writer>.jsonl`, with `/`. Throws where a name may not stand in a file name: callers check before. */
export function writerPath(rater: string, writer: string): string {
  if (!slugPattern.test(rater) || !/^[a-z2-7]{8}$/.test(writer))
    throw new Error('not a rater or writer name');
  return `labels/${rater}/${writer}.jsonl`;
}

/** Eight base32 characters from as many random bytes. */
export function writerName(random: Uint8Array): string {
  return Array.from(random.subarray(0, 8), byte => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
