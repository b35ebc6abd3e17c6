const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EMFILE', 'too many files are open'],
]);

/** The code of Node's I/O errors, '' for any other. */
export function ioCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Why an I/O call failed, in words for a person. */
export function ioReason(error: unknown): string {
  return reasons.get(ioCode(error)) ?? (error instanceof Error ? error.message : String(error));
}
