import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences under which a package may be shipped with ours; Boost's, of numerical code in stdlib, asks nothing of programs. */
const allowed = new Set(['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'BSL-1.0']);

/** Whether an SPDX expression lets us ship the package: of alternatives one is enough. */
const isAllowed = expression =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(licence => allowed.has(licence.trim())));

/** The folders of the packages that have bytes in what esbuild wrote, sorted. */
function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(output =>
      Object.entries(output.inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
  );
  const folders = inputs.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** Writes the licences of all bundled packages into a file; throws for one that may not be shipped. */
export function writeNotices(metafiles, file) {
  const parts = bundledPackages(metafiles).map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof license !== 'string' || !isAllowed(license))
      throw new Error(`${name} ${version} may not be shipped: its licence is ${String(license)}`);
    const texts = readdirSync(folder)
      .filter(entry => /^(licen[cs]e|copying|notice)/i.test(entry))
      .sort()
      .map(entry => readFileSync(join(folder, entry), 'utf8').trim());
    return { head: `${name} ${version} (${license})`, text: texts.join('\n\n') };
  });
  // Packages of one family carry the same text: it stands once, under all their names.
  const byText = new Map();
  for (const { head, text } of parts) byText.set(text, [...(byText.get(text) ?? []), head]);
  const sections = [...byText].map(([text, heads]) => `${heads.join('\n')}\n\n${text}`.trim());
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  writeFileSync(
    file,
    `Rollout Annotator holds parts of these packages, under their own licences.${rule}${sections.join(rule)}\n`,
  );
}
