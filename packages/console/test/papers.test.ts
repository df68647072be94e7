import { describe, expect, it } from 'vitest';
import { documentBytesMax, documentName } from '../../node/src/registry/documents.ts';
import { limits } from '../../protocol/src/limits.ts';
import { fromBase64, toBase64 } from '../src/logic/base64.ts';
import { paperBytesMax, paperName, papersMax, papersOf, readPaper } from '../src/logic/papers.ts';

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);

describe('a paper of a listing', () => {
  it('has the bounds of the daemon', () => {
    expect([paperBytesMax, papersMax]).toEqual([documentBytesMax, limits.documentCommitmentsMax]);
    expect(paperName.source).toBe(new RegExp(documentName, 'u').source);
  });

  it('is read and hashed here, or refused before it is sent', async () => {
    expect(await readPaper(file('a.pdf', '%PDF-1.7'))).toMatchObject({
      ...{ name: 'a.pdf', bytes: 8 },
      // of `printf '%%PDF-1.7' | sha256sum`
      sha256: '86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b',
    });
    expect(await readPaper(file('a.pdf', '<html>'))).toBe('type-unknown');
    expect(await readPaper(file('a?.pdf', '%PDF-1.7'))).toBe('name-unfit');
    expect(await readPaper(file('a.pdf', new Uint8Array(paperBytesMax + 1)))).toBe('too-large');
  });

  it('is taken from details only when it can be one', () => {
    const paper = {
      name: 'a.pdf',
      mediaType: 'application/pdf',
      bytes: 8,
      sha256: 'ab'.repeat(32),
      commitment: 'cd'.repeat(32),
    };
    const odd = [
      null,
      'a',
      { ...paper, name: '../a' },
      { ...paper, sha256: 'ab' },
      { ...paper, commitment: '../open' },
    ];
    expect(papersOf({ documents: [...odd, paper] })).toEqual([paper]);
    expect(papersOf({ documents: 'x' })).toEqual([]);
    expect(papersOf({})).toEqual([]);
  });
});

it('bytes go to base64 and back, also those of a large file', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});
