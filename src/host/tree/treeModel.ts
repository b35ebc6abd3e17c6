import type { Reveal } from '../../core/subset/manifest';
import { rows } from '../ids';
import type { AnnotationFacts, Progress, SubsetFacts } from './annotationFacts';

/** A row of the view: what it says and what it leads to, free of VS Code. */
export interface TreeNode {
  /** Unique among the rows of a file. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon. */
  readonly icon: string;
  /** A theme colour for the icon. */
  readonly color?: string;
  /** `viewItem` of its context menu; absent for rows without one. */
  readonly row?: (typeof rows)[keyof typeof rows];
  /** What a click opens: the editor on a list, or the report of one. */
  readonly opens?: {
    readonly kind: 'list' | 'report';
    readonly criterion: string;
    readonly subset: string | null;
  };
  readonly children: readonly TreeNode[];
}

/** What stands beside a file's name: "2 subsets · 37 labels"; '' where there is nothing yet. */
export function fileDescription(facts: AnnotationFacts): string {
  const labels = facts.raters.reduce((sum, rater) => sum + rater.labels, 0);
  return [
    ...(facts.subsets.length > 0 ? [counted(facts.subsets.length, 'subset')] : []),
    ...(labels > 0 ? [counted(labels, 'label')] : []),
  ].join(' · ');
}

/** The rows under a file. */
export function fileChildren(facts: AnnotationFacts): TreeNode[] {
  return [
    ...facts.subsets.map(subsetNode),
    ...countNodes(facts),
    ...ratersNode(facts),
    ...reportsNode(facts),
  ];
}

function subsetNode(subset: SubsetFacts): TreeNode {
  const { name, criterion, role } = subset;
  return {
    id: `subset ${name}`,
    label: name,
    description: subsetDescription(subset),
    tooltip: subsetTooltip(subset),
    ...subsetIcon(subset),
    row: role === 'practice' ? rows.practice : rows.validation,
    opens: { kind: 'list', criterion, subset: name },
    children: [],
  };
}

/** "37/100 · frustration". */
export function subsetDescription({ own, slots, criterion }: SubsetFacts): string {
  if (own === null) return `${counted(slots, 'slot')} · ${criterion}`;
  if (own.slots === 0) return `for other raters · ${criterion}`;
  return `${String(own.done)}/${String(own.slots)} · ${criterion}`;
}

function subsetIcon({ role, complete, own }: SubsetFacts): Pick<TreeNode, 'icon' | 'color'> {
  if (role === 'practice') return { icon: 'beaker' };
  if (complete) return { icon: 'pass', color: 'testing.iconPassed' };
  return { icon: (own?.done ?? 0) > 0 ? 'circle-filled' : 'circle-outline' };
}

const revealWords: Readonly<Record<Reveal, string>> = {
  'after-subset': 'The judge stays hidden until you have labelled or skipped every slot.',
  'after-item': 'The judge of each item is shown once you have labelled it.',
  never: 'The judge is never shown.',
};

function subsetTooltip({ role, criterion, slots, reveal, raters, changed }: SubsetFacts): string {
  return [
    role === 'practice'
      ? `Practice subset of ${criterion} with ${counted(slots, 'slot')}: its labels enter no agreement.`
      : `Validation subset of ${criterion} with ${counted(slots, 'slot')}.`,
    revealWords[reveal],
    ...raters.map(progressText),
    ...(changed === null ? [] : [changed]),
  ].join('\n');
}

function progressText({ rater, done, skipped, slots }: Progress): string {
  const passed = skipped > 0 ? `, ${String(skipped)} of them skipped` : '';
  return `${rater}: ${String(done)} of ${String(slots)} done${passed}`;
}

function countNodes({ rater, flagged, gone }: AnnotationFacts): TreeNode[] {
  const node = (id: string, label: string, count: number, icon: string, tooltip: string): TreeNode[] =>
    count === 0 ? [] : [{ id, label, description: String(count), tooltip, icon, children: [] }];
  const who = rater ?? '';
  return [
    ...node('flagged', 'Flagged', flagged, 'tag', `Items that ${who} has flagged.`),
    ...node(
      'gone',
      'Labels without their item',
      gone ?? 0,
      'warning',
      `Labels of ${who} whose rollout or turn the file does not hold any more. They are kept.`,
    ),
  ];
}

function ratersNode({ rater: own, raters }: AnnotationFacts): TreeNode[] {
  if (raters.length === 0) return [];
  return [
    {
      id: 'raters',
      label: 'Raters',
      description: String(raters.length),
      tooltip: 'Who has labelled items of this file.',
      icon: 'organization',
      children: raters.map(({ rater, labels }) => ({
        id: `rater ${rater}`,
        label: rater,
        description: `${counted(labels, 'label')}${rater === own ? ' · you' : ''}`,
        tooltip: `${rater}: ${counted(labels, 'label')} in and outside subsets.`,
        icon: 'account',
        children: [],
      })),
    },
  ];
}

const reportTooltip =
  'Opens the agreement report. It shows judge scores: while you are blind you are asked first, and it is logged.';

function reportsNode({ subsets, outside }: AnnotationFacts): TreeNode[] {
  const report = (
    label: string,
    description: string,
    criterion: string,
    subset: string | null,
  ): TreeNode => ({
    id: `report ${criterion} ${subset ?? ''}`,
    label,
    description,
    tooltip: reportTooltip,
    icon: 'graph',
    row: rows.report,
    opens: { kind: 'report', criterion, subset },
    children: [],
  });
  const children = [
    ...subsets
      .filter(({ role }) => role === 'validation')
      .map(({ name, criterion }) => report(name, criterion, criterion, name)),
    ...outside.map(criterion => report('Outside subsets', criterion, criterion, null)),
  ];
  if (children.length === 0) return [];
  return [
    {
      id: 'reports',
      label: 'Reports',
      description: String(children.length),
      tooltip: 'Agreement of judge and raters, by subset.',
      icon: 'graph',
      children,
    },
  ];
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
