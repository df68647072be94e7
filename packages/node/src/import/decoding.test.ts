import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText, type Encoding } from './decoding.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decoded(
  bytes: Uint8Array,
  encoding: Encoding,
  size = bytes.length || 1,
): Promise<{ text: string; error?: unknown }> {
  let text = '';
  try {
    for await (const piece of decodeText(inPieces(bytes, size), encoding)) text += piece;
  } catch (error) {
    return { text, error };
  }
  return { text };
}

const sample = '姓名,证件号码\r\n㐂𠮷,1\r\n杨静,2\n';
const normal = sample.replaceAll('\r\n', '\n');

describe('the text of a file', () => {
  it.each(['utf-8', 'gb18030'] as const)('in %s is the same however its bytes arrive', async (encoding) => {
    const bytes = iconv.encode(sample, encoding);
    for (const size of [1, 2, 3, 5, 7, bytes.length])
      expect(await decoded(bytes, encoding, size)).toEqual({ text: normal });
  });

  it('with a byte order mark of UTF-8 is UTF-8, whatever the mapping says', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(sample)]);
    for (const size of [1, 2, 4, bytes.length]) {
      expect(await decoded(bytes, 'gb18030', size)).toEqual({ text: normal });
      expect(await decoded(bytes, 'utf-8', size)).toEqual({ text: normal });
    }
  });

  it.each([
    ['utf-8', Buffer.from([0xff])],
    ['utf-8', Buffer.from([0xc0, 0xaf])],
    ['utf-8', Buffer.from([0xe5, 0xbc])],
    ['utf-8', Buffer.from('\ufffd')],
    ['gb18030', Buffer.from([0xff])],
    ['gb18030', Buffer.from([0x81, 0x20])],
  ] as const)(
    'in %s with bytes it does not have stops at their line, after the lines before it',
    async (encoding, bad) => {
      const bytes = Buffer.concat([
        iconv.encode('一\r\n二\r\n三', encoding),
        bad,
        iconv.encode('\r\n四\r\n', encoding),
      ]);
      for (const size of [1, 4, bytes.length]) {
        const { text, error } = await decoded(bytes, encoding, size);
        expect(error).toMatchObject({ code: 'ENCODING_INVALID', line: 3 });
        expect(text.startsWith('一\n二\n')).toBe(true);
        expect(text).not.toContain('四');
      }
    },
  );

  it('that ends within a character is refused', async () => {
    const bytes = Buffer.from('姓名\n静');
    expect(await decoded(bytes.subarray(0, bytes.length - 1), 'utf-8')).toMatchObject({
      error: { code: 'ENCODING_INVALID', line: 2 },
    });
  });

  it('of GB18030 read as UTF-8, or in UTF-16, is refused instead of guessed', async () => {
    expect(await decoded(iconv.encode(sample, 'gb18030'), 'utf-8')).toMatchObject({
      error: { code: 'ENCODING_INVALID', line: 1 },
    });
    expect(await decoded(iconv.encode(sample, 'utf16le', { addBOM: true }), 'utf-8')).toMatchObject({
      error: { code: 'ENCODING_INVALID' },
    });
  });

  it('may be empty', async () => {
    expect(await decoded(new Uint8Array(0), 'utf-8')).toEqual({ text: '' });
    expect(await decoded(Buffer.from('\r'), 'utf-8')).toEqual({ text: '\r' });
  });
});
