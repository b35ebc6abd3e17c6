/** Something wrong with one line (or, with line 0, the whole file). The reason never quotes the file: it may hold the judge. */
export interface Problem {
  /** 1-based; 0 for the whole file. */
  readonly line: number;
  /** Byte offset of the line's start. */
  readonly offset: number;
  readonly reason: string;
}
