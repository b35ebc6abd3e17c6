import { formatNumber } from '../core/agreement/numberText';
import { visibleText } from '../core/agreement/visibleText';
import type { SubsetPlan, SubsetPreview } from '../core/subset/plan';
import type { Sampled } from './sample';

const barWidth = 20;

/** What a subset is, for a terminal: its scores against the population's, its strata, its precision, its warnings. */
export function sampleText({ file, criterion, plan, path, sha256 }: Sampled): string {
  const parts = [
    headLines(file, criterion, plan),
    histogramLines(plan.preview),
    strataLines(plan),
    halfWidthLines(plan.preview),
    plan.preview.load.length === 0
      ? []
      : [
          'Slots of each rater',
          ...plan.preview.load.map(({ rater, slots }) => `  ${rater}  ${String(slots)}`),
        ],
    plan.preview.warnings.length === 0
      ? []
      : ['Warnings', ...plan.preview.warnings.map(warning => `  ${warning}`)],
    path === null
      ? ['Nothing was written: this was a dry run.']
      : [`Written to ${path}`, `  SHA-256 ${sha256 ?? ''}`],
  ];
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.map(visibleText).join('\n'))
    .join('\n\n')}\n`;
}

function headLines(file: string, criterion: string, { options, preview }: SubsetPlan): string[] {
  const { design, name, role, seed, repeats, reveal, context, show } = options;
  const details = [
    design.by === undefined ? '' : `by ${design.by.join(', ')}`,
    design.allocation === undefined ? '' : `${design.allocation} allocation`,
    design.cluster === undefined ? '' : `clusters are ${design.cluster}`,
    design.maxPerRollout === undefined
      ? ''
      : `at most ${String(design.maxPerRollout)} a ${design.kind === 'two-stage' ? 'cluster' : 'rollout'}`,
    design.threshold === undefined ? '' : `threshold ${String(design.threshold)}`,
    design.judge === undefined ? '' : `by judge run “${design.judge}”`,
    `seed ${String(seed)}`,
  ].filter(text => text !== '');
  return [
    `${name}: ${String(preview.drawn)} of ${String(preview.population)} ${criterion} items of ${file}, in ${String(preview.rollouts)} rollouts`,
    `  ${role}, ${design.kind}, ${details.join(', ')}`,
    `  judge shown: ${reveal}, context: ${context}${show.length === 0 ? '' : `, raters see ${show.join(', ')}`}${repeats === 0 ? '' : `, ${String(repeats)} repeats: ${String(preview.slots)} slots`}`,
  ];
}

function histogramLines({ histogram, population, drawn }: SubsetPreview): string[] {
  if (histogram.every(bar => bar.score === null || bar.population === 0)) return [];
  const most = Math.max(
    ...histogram.flatMap(bar => [bar.population / population, bar.sample / Math.max(1, drawn)]),
  );
  const column = (count: number, total: number): string => {
    const share = count / Math.max(1, total);
    return `${String(count).padStart(8)} ${`${(100 * share).toFixed(1)}%`.padStart(6)}  ${bar(share / most)}`;
  };
  return [
    `Judge score ${'population'.padStart(15)}${''.padStart(barWidth + 7)}sample`,
    ...histogram.map(({ score, population: items, sample }) =>
      `  ${score === null ? 'none' : String(score).padStart(4)}    ${column(items, population)}${column(sample, drawn)}`.trimEnd(),
    ),
  ];
}

/** Eighths of a block, so that small shares are seen. */
function bar(share: number): string {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * barWidth * 8));
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return `${'█'.repeat(Math.floor(eighths / 8))}${rest}`.padEnd(barWidth);
}

function strataLines({ strata, slots }: SubsetPlan): string[] {
  const width = Math.max(7, ...strata.map(({ id }) => id.length));
  return [
    `${'Stratum'.padEnd(width + 2)}  population   drawn   π`,
    ...strata.map(({ id, population, drawn }) => {
      const pis = slots.flatMap(({ stratum, pi }) => (stratum === id && pi !== null ? [pi] : []));
      return `  ${id.padEnd(width)}  ${String(population).padStart(10)}${String(drawn).padStart(8)}   ${range(pis)}`;
    }),
  ];
}

function range(values: readonly number[]): string {
  if (values.length === 0) return 'none';
  const low = values.reduce((a, b) => Math.min(a, b)).toPrecision(3);
  const high = values.reduce((a, b) => Math.max(a, b)).toPrecision(3);
  return low === high ? low : `${low} to ${high}`;
}

function halfWidthLines({ halfWidths }: SubsetPreview): string[] {
  if (!halfWidths) return [];
  const { share, mean, assumptions } = halfWidths;
  return [
    '95% intervals will be about this wide on each side',
    `  share ≥ ${String(share.cut).padEnd(4)}  ± ${(100 * share.value).toFixed(1)} percentage points`,
    `  mean          ± ${formatNumber(mean, 2)} scale points`,
    ...assumptions.map(sentence => `  ${sentence}`),
  ];
}
