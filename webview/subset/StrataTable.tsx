import { count } from '../report/numbers';
import type { PreviewStratum } from '../../src/protocol/subsetProtocol';
import { piWords, stratumValue } from './previewWords';

/** What is drawn of each stratum, and how likely an item of it was. */
export function StrataTable({ strata }: { readonly strata: readonly PreviewStratum[] }) {
  const fields = Object.keys(strata[0]?.where ?? {});
  const known = strata.some(({ pi }) => pi !== null);
  return (
    <section aria-labelledby="strata-heading">
      <h2 id="strata-heading">{strata.length === 1 ? 'Where they are drawn from' : 'Strata'}</h2>
      <div class="wide-table" tabindex={0} role="group" aria-labelledby="strata-heading">
        <table class="plain">
          <thead>
            <tr>
              {fields.length === 0 && <th scope="col">stratum</th>}
              {fields.map(field => (
                <th key={field} scope="col">
                  {field === 'judge' ? 'judge score' : field}
                </th>
              ))}
              <th scope="col" class="number">
                in the file
              </th>
              <th scope="col" class="number">
                drawn
              </th>
              {known && (
                <th scope="col" class="number">
                  chance of each, π
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {strata.map(({ id, where, population, drawn, pi }) => (
              <tr key={id}>
                {fields.length === 0 && <th scope="row">all items</th>}
                {fields.map((field, index) =>
                  index === 0 ? (
                    <th key={field} scope="row">
                      {stratumValue(field, where[field])}
                    </th>
                  ) : (
                    <td key={field}>{stratumValue(field, where[field])}</td>
                  ),
                )}
                <td class="number">{count(population)}</td>
                <td class="number">{count(drawn)}</td>
                {known && <td class="number">{piWords(pi)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!known && (
        <p class="note">No item has a probability of being drawn: labels of these items carry no weights.</p>
      )}
    </section>
  );
}
