import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEval } from '../../../src/disk/openEval';
import { temporaryFolder } from '../disk/temporary';
import { zipFile } from './zipFile';
import type { ZipPart } from './zipFile';

const zstd = 93;
const head: ZipPart = { name: 'header.json', data: '{"status":"success","eval":{"task":"t","model":"m"}}' };

const words = Array.from({ length: 400 }, (_, n) => `line ${String(n)} of ${String(n * n)}`).join(' ');
const data = JSON.stringify({
  id: 'z',
  epoch: 1,
  input: 'Q',
  target: 'A',
  messages: [
    { role: 'user', content: 'Q' },
    { role: 'assistant', content: words },
  ],
});

/** What `zstd -19 --stream-size=LENGTH` of Zstandard 1.5 makes of that text. */
const packed = Buffer.from(
  [
    'KLUv/WTsGjUxADqVdBEacE+WAzyMUh+eBjwJXXmJKKVMMsmE4e3+/703Af8AAQGkOE5pQ/iqmvVp0JaWbJTc2JFErPknrWzOGOUn',
    'HWUnzat9Mc/ruI7jNo4clXeqec5eupIHufzwXVK5kVZslT1Ul3nFpZXLxkUU7pQXbh7RLdNO1ZrPXHr52NUIE0tPuNWGn3JPRZ5L',
    'XFp5za5X2FR2uH0nufygcufBSxdylmsU3pQ7N5lwLi+o1jl56SqPcpnCn5LO7TMrZZvqMa9eWrmQjjFibLwYWy1oKtNQdabzSy8f',
    'cVXC1Nrs5pWPcoOKhtJLKy/Xwy5LjiSVT+V5XCqnK1wSwAAoiABgABogNHBQAcKBChQaUKBwIECGA4SGChAiIDgEOExooGDhIODQ',
    '4CDChAOGAgIOFBoWHKBAoeHBgIYFEw5UOAQ4EDgIOFSwIAFCg0MACjgwQBBBQsMhwOHCQcAhQYMDhvKf0l74GjHrIUG7XLZicqNH',
    '0qPmN2hl6qzhftJVdp5erYx5tK7zzHXbvJV7VXktqhrRFGl6SUdSj4+r3Iny6S2Sz9r4FTtSZIcQ1ctDLPFJWgtdKExFjiCXUeKn',
    'pM0d0WuN6aSpBqf2kX4h8+nCU62KMUl16BZnK9rwQnW3RC+imVNkfmlH/qL7dXnc7nu2hN8uO6lS4pdJyvcII3yRziLnhKXmCPEY',
    'pVI26YRry16RXDvHZPCWjuLHzC57DftcaxIVvb1mNqrCXlHUhyZYpoe0JHGpcRR9IlxPg+cwtvqC/qumOLXKD8krvUg/IW6VEjWR',
    'W/pmN3vl6aJbQSx6TG0JX0JmvSZox5TRObnxI8lS88m0cj2LeHzShex0vRox5pVd7Csutq224FxVHhFVrTRVfl7SjdTDd5VJovxK',
    'q3SzNnrFShTZVaJ6dKg1PElLoctHpqKNglypUl9E2kwjmqbG1KGpzof/SC8yn4mnKo4xVXRqB2erbvho3SXSi8p5ZTa/tBv56+XX',
    'WXH71LckfvvspE2JLycp7yMNkYt0InKKLbU5xJOoBGWTTri17AnJtXFcyn5Lt4sfUnZ5FfaF6tKI3j4zy6mwf4o6P9G6PKQVicvY',
    'UVRHuBSNPoKxVRe0WzUVqVXhjK/0E+mHE7c6FTW12pqI3UwrX1N0ZYhFm2EDGQxkOHAtqfJMQlX7yFSQLi/pLlKPirjKtkT5D2kF',
    'UYW1sbJig1Jky4SoPuWhqCKfpCULXTw2Ff0OcktcilNM2myP6IdrTFTTVFnPxAT9kX6W+VCFp8qKGFNQdMKf4Gz12PB81F1L0Ivu',
    'mIdUxC9thPzlhl8fRtweo4/Ggt9e3UlELfFJJSl7OhIx70W6V+QMqaV2N8SraCXWKGWTdsIRW/bIkmtex8Ep3tIVxY8g2uUPw36d',
    'dVBPertwZsussGtS1CU4EUXlQ9pS4iKko4jGCLdjIy41xla0BV1a1SQzarW+aUy/V3qZ9FOeWw0vanqsDS/GBgB3XOPDsRglR2KQ',
    'Nw5DqE4JgyOoEuDB2r5Oy94Bsk+SHCJI4IpdWgOUzj7+gEmBdF4cLhw9yfW8VGr3mdE6XC8Oji6ktnxTeP5BqHgvXy8HXpZ6bEW0',
    '9mQoHW+OJ05vdn1YqzI/MiA8rpeHow9yXa7aKf7virdanBuLn8djQr3m2ExxojyZYk17uwtLQAz8I0jXKaMbo1az/TYZuQAKLSGN',
    'dGkXQf2pjwDl2uqBSF/K3I0H0nXKmAXcDKp9blcjqfrIMUV2+UhQzhGVl1yL97CD86WO3zyGH1XFnpc+xHrS1LWhlDFLDSUZ687U',
    '6vnkGfMbc26KCPYJhoz3sMP5UoffPMKPqsaeTx9ibdLU2pBxdyObk48gRnkIpyuxvmnqbVF33z6fMKPsboDdmPtCVbmuOWYac377',
    '/sKADl1Tu1I7Et0wbBwNvsHmdi5xoZ99Q2FYx9lIA6l0OyYyC9IwYpt4oeFFvWUKqPOWp2DiOb2NU8E32NzO5S/4P4/ZqZu7YWlY',
    'dOQjn+YmfNKWaZ2YRawkkayRs+nanL4NsBvzEgTY6T+Y6ifFlh8XxbuB7kIboQ2CB8qGscEMAAYaYQOMPZAtgAEewrzDrTW01oGW',
    'lOypD4oGTLgVZRUbOA==',
  ].join(''),
  'base64',
);

/** A frame of Zstandard, of `count` blocks of 128 KB that say "this byte again and again". */
function repeated(count: number, code: number): Buffer {
  const block = (isLast: boolean): Buffer => {
    const word = ((128 * 1024) << 3) | (1 << 1) | (isLast ? 1 : 0);
    return Buffer.from([word & 255, (word >> 8) & 255, word >> 16, code]);
  };
  // The magic number, no content size, a window of 1 MB.
  const start = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3]);
  return Buffer.concat([start, ...Array.from({ length: count }, (_, n) => block(n === count - 1))]);
}

describe('Inspect logs packed with zstd', () => {
  const folder = temporaryFolder();
  const left = (): string[] =>
    existsSync(join(folder(), 'unpacked')) ? readdirSync(join(folder(), 'unpacked')) : [];
  const opened = (part: Omit<ZipPart, 'name'>, others: readonly ZipPart[] = []) => {
    const path = join(folder(), 'run.eval');
    writeFileSync(path, zipFile([head, { name: 'samples/a.json', ...part }, ...others]));
    return openEval(path, { folder: join(folder(), 'unpacked') });
  };
  const lineOf = async (source: Awaited<ReturnType<typeof openEval>>): Promise<string> => {
    const bytes = (await source?.read(0, 1_000_000)) ?? [];
    await source?.close();
    return Buffer.from(bytes).toString();
  };

  it('give the text that was packed', async () => {
    const line = await lineOf(await opened({ data, method: zstd, packed }));
    assert.ok(line.startsWith(`{"sample":${data},"inspect":{`), line);
  });

  it('give all of several frames that stand one after the other', async () => {
    const [before, after] = ['{"a":"', '"}'];
    const raw = (text: string): Buffer =>
      Buffer.concat([
        Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, (text.length << 3) | 1, 0, 0]),
        Buffer.from(text),
      ]);
    const blank = Buffer.alloc(256 * 1024, ' ').toString();
    const frames = Buffer.concat([raw(before), repeated(2, 32), raw(after)]);
    const line = await lineOf(
      await opened({ data: `${before}${blank}${after}`, method: zstd, packed: frames }),
    );
    assert.ok(line.startsWith(`{"sample":${before}${blank}${after},`), line.slice(0, 100));
  });

  it('leave out samples that are damaged', async () => {
    const broken = Buffer.from(packed);
    broken.fill(0, 20, 60);
    const other: ZipPart = { name: 'samples/b.json', data: '{"b":1}' };
    for (const bytes of [broken, packed.subarray(0, packed.length >> 1), Buffer.from('no frame')]) {
      const source = await opened({ data, method: zstd, packed: bytes }, [other]);
      assert.equal(source?.note, '1 of its 2 samples are damaged and left out');
      assert.match(await lineOf(source), /^\{"sample":\{"b":1\},/);
    }
  });

  it('are taken no further where they were made to fill a disk', async () => {
    const bomb = repeated(400, 65);
    const size = 400 * 128 * 1024;
    await assert.rejects(
      opened({ data: '', method: zstd, packed: bomb, size }),
      /more than 200 times its size/,
    );
    await assert.rejects(
      opened({ data: '', method: zstd, packed: bomb, size: 10 }),
      /more than 200 times its size/,
    );
    assert.deepEqual(left(), []);
  });
});
