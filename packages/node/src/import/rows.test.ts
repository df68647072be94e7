import { describe, expect, it } from 'vitest';
import type { FileForm } from './mapping.ts';
import { openRows } from './read.ts';
import { rowCharactersMax } from './rows.ts';

const csv: FileForm = { format: 'csv', encoding: 'utf-8' };
const tsv: FileForm = { format: 'tsv', encoding: 'utf-8' };
const jsonl: FileForm = { format: 'jsonl', encoding: 'utf-8' };

type Told =
  | readonly [line: number, a: string | undefined, b: string | undefined]
  | readonly [line: number, code: string];

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function read(text: string, form: FileForm, columns = ['a', 'b']): Promise<{ rows: Told[]; stopped?: unknown }> {
  const rows: Told[] = [];
  try {
    for await (const row of openRows(bytesOf(text), form, columns)) {
      rows.push('broken' in row ? [row.line, row.broken.code] : [row.line, row.cell('a'), row.cell('b')]);
    }
  } catch (stopped) {
    return { rows, stopped };
  }
  return { rows };
}

describe('rows of a table', () => {
  it('are told with the line on which they start, over quoted line ends, empty lines and CRLF', async () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n\r\n 3 ,"4 ""q"", z"\r\n5,\r\n6,7';
    expect(await read(text, csv)).toEqual({
      rows: [
        [2, '1', 'x\ny'],
        [5, '3', '4 "q", z'],
        [6, '5', ''],
        [7, '6', '7'],
      ],
    });
  });

  it('have cells by the header, in whatever order, with columns that nobody reads', async () => {
    expect(await read('x,b,a\n1,2,3\n', csv)).toEqual({ rows: [[2, '3', '2']] });
    expect((await read('b;a\n1;2\n', { ...csv, delimiter: ';' })).rows).toEqual([[2, '2', '1']]);
  });

  it('of a TSV have quotation marks as characters', async () => {
    expect(await read('a\tb\n"1\t2"\n', tsv)).toEqual({ rows: [[2, '"1', '2"']] });
  });

  it('with too many or too few cells are refused, and the others go on', async () => {
    expect((await read('a,b\n1,2,3\n4\n5,6\n', csv)).rows).toEqual([
      [2, 'ROW_CELL_COUNT'],
      [3, 'ROW_CELL_COUNT'],
      [4, '5', '6'],
    ]);
  });

  it('are not read when the header lacks a column, has it twice, or is not there; messages quote no cell of the file', async () => {
    const missing = await read('990101199001010019,a\n1,2\n', csv);
    expect(missing).toMatchObject({ rows: [], stopped: { code: 'COLUMN_MISSING', line: 1 } });
    expect(String(missing.stopped)).not.toContain('990101');
    expect((await read('a,b,a\n', csv)).stopped).toMatchObject({ code: 'COLUMN_TWICE' });
    expect((await read('', csv)).stopped).toMatchObject({ code: 'HEADER_MISSING' });
    expect((await read('a,b,c,c\n1,2,3,4\n', csv)).rows).toEqual([[2, '1', '2']]);
  });

  it('end at quotation marks that do not match, after all rows before them', async () => {
    const closed = await read('a,b\n1,2\n3,"4"x\n5,6\n', csv);
    expect(closed).toMatchObject({ rows: [[2, '1', '2']], stopped: { code: 'QUOTING_INVALID', line: 3 } });
    const open = await read('a,b\n1,2\n3,"4\n5,6\n', csv);
    expect(open.stopped).toMatchObject({ code: 'QUOTING_INVALID' });
    expect(open.rows).toEqual([[2, '1', '2']]);
  });

  it.each(['3,"4"x', '3,4"x', '3,"4"x"'])(
    'after quotation marks that do not match (%s) are not read, in the same piece of the file or in later ones',
    async (bad) => {
      let pieces = 0;
      async function* source(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(`a,b\n1,2\n${bad}\n5,6\n7,8\n9,10\n`);
        for (; pieces < 1000; pieces++) yield Buffer.from('11,12\n'.repeat(1000));
      }
      const lines: number[] = [];
      const reading = async () => {
        for await (const row of openRows(source(), csv, ['a'])) lines.push(row.line);
      };
      const stop = await reading().catch((error: unknown) => error);
      expect(stop).toMatchObject({ code: 'QUOTING_INVALID', line: 3 });
      expect(String(stop)).not.toContain('4');
      expect(lines).toEqual([2]);
      expect(pieces).toBeLessThan(100);
    },
  );

  it('longer than a row can be end the file, after all rows before them', async () => {
    const long = await read(`a,b\n1,2\n3,"${'x'.repeat(rowCharactersMax + 10)}"\n5,6\n`, csv);
    expect(long.rows).toHaveLength(1);
    expect(long.stopped).toMatchObject({ code: 'ROW_TOO_LONG' });
  });

  it('before an invalid byte are read', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.from([0xff]), Buffer.from('\n5,6\n')]);
    }
    const lines: number[] = [];
    const reading = async () => {
      for await (const row of openRows(source(), csv, ['a'])) lines.push(row.line);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ENCODING_INVALID', line: 3 });
    expect(lines).toEqual([2]);
  });
});

describe('rows of JSON lines', () => {
  it('have texts and numbers as cells, and lines', async () => {
    expect(await read('{"a":" 1 ","b":2}\r\n\r\n{"b":"x"}\n{"a":0.1,"b":null}', jsonl)).toEqual({
      rows: [
        [1, '1', '2'],
        [3, undefined, 'x'],
        [4, '0.1', undefined],
      ],
    });
  });

  it('that are not objects are refused, and the others go on', async () => {
    expect((await read('{"a":1\n[1]\nnull\n"x"\n{"a":"1"}\n', jsonl)).rows).toEqual([
      [1, 'JSON_INVALID'],
      [2, 'JSON_INVALID'],
      [3, 'JSON_INVALID'],
      [4, 'JSON_INVALID'],
      [5, '1', undefined],
    ]);
  });

  it('are not looked for in a file of another format: it is stopped at its first line', async () => {
    const stopped = { code: 'JSON_INVALID', line: 2 };
    expect(await read('\na,b\n1,2\n', jsonl)).toMatchObject({ rows: [], stopped });
  });

  it('do not take a number that a double cannot hold, an object or a truth for a text', async () => {
    expect((await read('{"a":990101199001010019,"b":{"x":1}}\n{"a":true,"b":[1]}\n', jsonl)).rows).toEqual([
      [1, undefined, undefined],
      [2, undefined, undefined],
    ]);
  });

  it('do not inherit cells', async () => {
    expect((await read('{"__proto__":{"a":"1"}}\n', jsonl)).rows).toEqual([[1, undefined, undefined]]);
    expect((await read('{"x":1}\n', jsonl, ['constructor'])).rows).toEqual([[1, undefined, undefined]]);
  });

  it('longer than a row can be end the file, also when the line never ends', async () => {
    expect(await read(`{"a":"1"}\n{"a":"${'x'.repeat(rowCharactersMax)}"}\n`, jsonl)).toMatchObject({
      rows: [[1, '1', undefined]],
      stopped: { code: 'ROW_TOO_LONG', line: 2 },
    });
    let pieces = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pieces++;
        yield new Uint8Array(4096).fill(0x20);
      }
    }
    const reading = async () => {
      for await (const row of openRows(endless(), jsonl, [])) void row;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ROW_TOO_LONG', line: 1 });
    expect(pieces * 4096).toBeLessThanOrEqual(2 * rowCharactersMax);
  });
});

describe('back-pressure', () => {
  const rowsInFile = 100_000;

  it.each([
    ['csv', csv, 'a,b\n', (i: number) => `${i},some more text of row ${i}\n`],
    ['tsv', tsv, 'a\tb\n', (i: number) => `${i}\tsome more text of row ${i}\n`],
    ['jsonl', jsonl, '', (i: number) => `{"a":"${i}","b":"some more text of row ${i}"}\n`],
  ] as const)(
    'holds a few slices of a %s of 100,000 rows at most, because no row is read before it is taken',
    async (_, form, head, row) => {
      const chunkRows = 100;
      let made = 0;
      async function* source(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(head);
        while (made < rowsInFile) {
          let text = '';
          for (let i = 0; i < chunkRows; i++) text += row(made + i);
          made += chunkRows;
          yield Buffer.from(text);
        }
      }
      let taken = 0;
      let inFlightMax = 0;
      let wrong = 0;
      for await (const next of openRows(source(), form, ['a', 'b'])) {
        taken++;
        inFlightMax = Math.max(inFlightMax, made - taken);
        if (!('cell' in next) || next.cell('a') !== String(taken - 1)) wrong++;
        // A consumer that is slower than the source.
        if (taken % 1000 === 0) await new Promise(setImmediate);
      }
      expect({ taken, wrong }).toEqual({ taken: rowsInFile, wrong: 0 });
      expect(inFlightMax).toBeLessThanOrEqual(20 * chunkRows);
    },
  );
});
