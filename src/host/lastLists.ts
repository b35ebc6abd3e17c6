import type * as vscode from 'vscode';

interface ListName {
  readonly criterion: string;
  readonly subset: string | null;
}

/** Which list each file's editor showed last: a tab that was closed has forgotten it. */
export interface LastLists {
  of(uri: vscode.Uri): ListName | null;
  keep(uri: vscode.Uri, list: ListName): void;
}

const key = 'lists';
const keptFiles = 100;

/** Last lists in a memento, such as that of the workspace; those of the files used longest ago are dropped. */
export function lastLists(memento: vscode.Memento): LastLists {
  const all = (): Record<string, ListName> => memento.get<Record<string, ListName>>(key, {});
  return {
    of: uri => all()[uri.toString()] ?? null,
    keep: (uri, { criterion, subset }) => {
      const { [uri.toString()]: before, ...others } = all();
      if (before?.criterion === criterion && before.subset === subset) return;
      const kept = [...Object.entries(others).slice(1 - keptFiles), [uri.toString(), { criterion, subset }]];
      void memento.update(key, Object.fromEntries(kept));
    },
  };
}
