/**
 * A figure as plain data, laid out in core in pixels of its own `width` × `height`, y downwards as on a screen. A page
 * draws it in the theme's colours with hover and keys, `figureSvg` as SVG text for files: the same marks, the same words.
 */
export interface Figure {
  /** A slug, the stem of the file that it is saved to: "threshold-curve". */
  readonly id: string;
  /** The question that it answers, or what it shows: a heading. */
  readonly title: string;
  /** The text alternative: a sentence or two with the main numbers. */
  readonly summary: string;
  /** How to read it: what marks, bands and lines are. */
  readonly caption?: string;
  readonly width: number;
  readonly height: number;
  /** Where the data stands; axes and their labels lie around it. A figure of small multiples has several. */
  readonly panels: readonly Panel[];
  /** Shown where there are two series or more. */
  readonly legend: readonly LegendEntry[];
}

export interface Panel {
  /** Above the panel, in figures of several. */
  readonly title?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  /** Straight lines under the data: a cut, zero, the identity. */
  readonly rules: readonly Rule[];
  readonly series: readonly Series[];
}

export interface Axis {
  /** With its unit: "turn", "mean frustration (0–10)", "share of turns with a score ≥ 5". */
  readonly title: string;
  /** `position` in the figure's pixels along the axis. `grid` draws a hairline across the panel. */
  readonly ticks: readonly { readonly position: number; readonly label: string; readonly grid?: boolean }[];
}

export interface Rule {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly kind: 'cut' | 'zero' | 'identity' | 'limit' | 'mean';
  /** Beside the line's end; of an upright line beside its first end. */
  readonly label?: string;
}

/** Judge and human keep their colours and shapes in every figure; other series take the numbered ones in order. */
export type Tone = 'judge' | 'human' | 'quiet' | 1 | 2 | 3 | 4 | 5 | 6;

/** Series differ by shape and by dash, never by colour alone. */
export type Shape = 'circle' | 'diamond' | 'square' | 'triangle' | 'cross' | 'plus';

export interface LegendEntry {
  readonly label: string;
  readonly tone: Tone;
  readonly shape: Shape | 'bar';
  readonly hollow?: boolean;
  /** Lengths of strokes and gaps, as SVG's stroke-dasharray. */
  readonly dash?: string;
}

export interface Series extends LegendEntry {
  /** Joins the marks' centres; a string of SVG path commands where it is something else, such as a step line. */
  readonly line?: 'through' | string;
  /** A closed area drawn faintly under the line: SVG path commands. */
  readonly band?: string;
  /** Where its label stands beside the line; such a series needs no entry in the legend. */
  readonly labelAt?: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' };
  readonly marks: readonly Mark[];
}

/** One thing that can be pointed at, reached by key and read out. */
export interface Mark {
  /** Its centre. */
  readonly x: number;
  readonly y: number;
  /** A bar or a cell instead of the series' shape: its box around the centre. `level`: 0 to 8, the shade of a cell. */
  readonly box?: {
    readonly width: number;
    readonly height: number;
    readonly text?: string;
    readonly level?: number;
  };
  /** An interval as a line through the mark, from end to end along x or y. */
  readonly interval?: { readonly from: number; readonly to: number; readonly along: 'x' | 'y' };
  /** Overrides the series': a point on the other side of a cut, say. */
  readonly hollow?: boolean;
  /** What its tooltip and its accessible name say, line by line; all its numbers are in it. */
  readonly words: readonly string[];
  /** What opens in the editor. */
  readonly behind?: ItemsBehind;
}

/** Items that a mark or a count stands for: one is opened, several become a list of the editor. */
export type ItemsBehind =
  /** Their units, as `PairPoint.unit`. */
  | { readonly kind: 'units'; readonly title: string; readonly units: readonly string[] }
  /** All items of the run that the judge put here. */
  | {
      readonly kind: 'where';
      readonly title: string;
      /** Judge scores from min to max, both included. */
      readonly judge?: { readonly min: number; readonly max: number };
      readonly turn?: number;
      /** Fields of the records with these values, as text; `null`: the record has none. */
      readonly fields?: Readonly<Record<string, string | null>>;
    };
