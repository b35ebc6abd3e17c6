import type { SubsetFacts } from '../../src/core/agreement/agreementReport';
import { stratumRows } from '../../src/core/agreement/subsetText';

/** What each stratum held, and what was lost of it by cause. Nothing where there is one stratum only. */
export function StrataTable({ subset }: { readonly subset: SubsetFacts }) {
  const table = stratumRows(subset);
  if (!table) return null;
  const last = table.head.length - 1;
  return (
    <table class="strata">
      <caption class="sr">Strata of the subset</caption>
      <thead>
        <tr>
          {table.head.map((head, column) => (
            <th key={head} scope="col" class={column > 0 && column < last ? 'number' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(row => (
          <tr key={row[0]}>
            {row.map((cell, column) =>
              column === 0 ? (
                <th key={column} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={column} class={column < last ? 'number' : ''}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
