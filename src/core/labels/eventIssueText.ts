import type * as z from 'zod';

/** Why a line is no label event, in plain words: "value must be a number". */
export function eventIssueText(issue: z.core.$ZodIssue | undefined): string {
  const at = issue?.path.join('.') ?? '';
  if (at === '') return 'it is no JSON object';
  if (issue?.input === undefined) return `${at} is missing`;
  switch (issue.code) {
    case 'invalid_type':
      return `${at} must be ${kinds[issue.expected] ?? 'of another kind'}`;
    case 'invalid_value':
      return `${at} must be ${issue.values.map(value => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `${at} is too small`;
    default:
      return `${at} can’t be used`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  object: 'a JSON object',
  array: 'a list',
};
