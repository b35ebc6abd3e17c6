import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program's version, from the package that the built command stands in. */
export function agreementVersion(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
