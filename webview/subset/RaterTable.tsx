import { count } from '../report/numbers';
import { timeWords } from './previewWords';
import type { PreviewNumbers } from './usePreview';

/** How much each of the named raters gets to do. */
export function RaterTable({ load }: { readonly load: PreviewNumbers['load'] }) {
  return (
    <section aria-labelledby="load-heading">
      <h2 id="load-heading">Slots of each rater</h2>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">rater</th>
            <th scope="col" class="number">
              slots
            </th>
            <th scope="col">time</th>
          </tr>
        </thead>
        <tbody>
          {load.map(({ rater, slots }) => (
            <tr key={rater}>
              <th scope="row">{rater}</th>
              <td class="number">{count(slots)}</td>
              <td>about {timeWords(slots)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
