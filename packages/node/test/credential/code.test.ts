import { deflateRawSync } from 'node:zlib';
import { concatBytes, utf8 } from '@hansa/protocol';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { fromBase45, toBase45 } from '../../src/credential/base45.ts';
import { fromBase64Url, toBase64Url } from '../../src/credential/base64url.ts';
import { countParts, decodeCounterCode, encodeCounterCode } from '../../src/credential/code.ts';
import { packPresentation, unpackPresentation } from '../../src/credential/compact.ts';
import { qrModules, qrSvg, qrTerminal } from '../../src/credential/qr.ts';
import { crypto, holderOf, issue, present, unwrap } from './fixture.ts';

const holder = holderOf('wu');
const credential = await issue(holder);
const presentation = await present(credential, holder);
const receipt = crypto.sha256(utf8('noise')).slice();
const decode = async (texts: readonly string[]) => {
  const result = await decodeCounterCode(crypto, texts);
  return result.ok ? result.value : result.error.code;
};

describe('RFC 9285: base45', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('%s is %s', (text, encoded) => {
    expect(toBase45(utf8(text))).toBe(encoded);
    expect(fromBase45(encoded)).toEqual(utf8(text));
  });

  test('refuses a stray character, a length that nothing has, and groups that are too large', () => {
    for (const wrong of ['B', 'BB8B', 'bb8', 'GGW', 'ZZ']) {
      expect(fromBase45(wrong), wrong).toBeUndefined();
    }
  });
});

describe('RFC 4648: base64url', () => {
  test('gives every length of bytes back, and agrees with Node', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = crypto.sha256(Uint8Array.of(length)).slice(0, length);
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }
  });

  test('has one spelling for each value: no padding, no other alphabet, no bits behind the last byte', () => {
    for (const wrong of ['AA==', 'A', 'A+', 'A/', 'AB', 'AAB', 'A A', 'AA\n']) {
      expect(fromBase64Url(wrong), wrong).toBeUndefined();
    }
  });
});

describe('the codes of a counter', () => {
  test('carry a presentation and a receipt, scanned in any order and twice', async () => {
    const codes = unwrap(await encodeCounterCode(crypto, { presentation, receipt }));
    expect(await decode([...codes].reverse())).toEqual({ presentation, receipt });
    expect(await decode([...codes, codes[0] ?? ''])).toEqual({ presentation, receipt });
  });

  test('are in the alphabet of QR codes, each small enough for the camera of any phone', async () => {
    for (const code of unwrap(await encodeCounterCode(crypto, { presentation: credential, receipt }))) {
      expect(code).toMatch(/^[0-9A-Z $%*+\-./:]{1,964}:$/);
    }
  });

  test('say how many are still to be scanned', async () => {
    const codes = unwrap(await encodeCounterCode(crypto, { presentation, receipt: undefined }));
    expect(codes.length).toBeGreaterThan(1);
    expect(countParts(codes.slice(1))).toEqual({ scanned: codes.length - 1, needed: codes.length });
    expect(await decode(codes.slice(1))).toBe('CODE_PART_MISSING');
    expect(await decode([])).toBe('CODE_PART_MISSING');
  });

  test('of two presentations are not taken for one', async () => {
    const other = await present(credential, holder, { nonce: 'OTHER' });
    const [first] = unwrap(await encodeCounterCode(crypto, { presentation, receipt: undefined }));
    const [, ...rest] = unwrap(await encodeCounterCode(crypto, { presentation: other, receipt: undefined }));
    expect(await decode([first ?? '', ...rest])).toBe('CODE_MALFORMED');
  });

  test.each([
    ['another text', 'https://example.org/'],
    ['a later version', 'HANSA2:P:1/1:AAA:'],
    ['no content', 'HANSA1:P:1/1::'],
    ['a part beyond the last', 'HANSA1:P:2/1:AAA:'],
    ['a wrong check', 'HANSA1:P:1/1:000000000000:'],
    ['a part without its end', 'HANSA1:P:1/1:AAA'],
    ['a stray character', 'HANSA1:P:1/1:é:'],
  ])('are not %s', async (_, text) => {
    expect(await decode([text])).toBe('CODE_MALFORMED');
  });

  /** A code as nobody's wallet makes it. */
  function codeOf(content: Uint8Array): string {
    return `HANSA1:P:1/1:${toBase45(concatBytes(crypto.sha256(content).slice(0, 4), content))}:`;
  }

  test('do not unpack to more than a presentation, whatever they promise', async () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(64 * 1024 * 1024)));
    expect(await decode([codeOf(bomb)])).toBe('CODE_TOO_LARGE');
  });

  test('with broken content are refused', async () => {
    expect(await decode([codeOf(Uint8Array.of(255, 255, 255))])).toBe('CODE_MALFORMED');
    expect(await decode([codeOf(new Uint8Array(deflateRawSync(Uint8Array.of(0xff, 0xff, 1))))])).toBe('CODE_MALFORMED');
    const packed = deflateRawSync(packPresentation(presentation) ?? new Uint8Array(0));
    expect(await decode([codeOf(new Uint8Array(packed.subarray(0, 100)))])).toBe('CODE_MALFORMED');
  });

  test('more than nine of a kind are too many', async () => {
    const large = Array.from({ length: 400 }, (_, i) => crypto.sha256(Uint8Array.of(i & 255, i >> 8)));
    const result = await encodeCounterCode(crypto, { presentation, receipt: concatBytes(...large) });
    expect(result).toMatchObject({ ok: false, error: { code: 'CODE_TOO_LARGE' } });
  });

  test('packed text is the same text again, and text of another form is not packed', () => {
    for (const text of [presentation, credential, 'a', 'AAAA.~', '~']) {
      const packed = packPresentation(text);
      if (packed !== undefined) expect(unpackPresentation(packed)).toBe(text);
    }
    expect(packPresentation(presentation)?.length).toBeLessThan(0.8 * presentation.length);
    expect(packPresentation('not base64url!')).toBeUndefined();
  });
});

describe('QR codes', () => {
  /** As a camera sees a symbol: pixels. */
  function photograph(modules: readonly (readonly boolean[])[], scale: number) {
    const side = modules.length * scale;
    const data = new Uint8Array(side * side * 4).fill(255);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const dark = modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
        if (dark) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
      }
    }
    return { width: side, height: side, data };
  }

  test('of a whole copy with a receipt are read again, and no symbol is finer than version 20', async () => {
    const large = concatBytes(...Array.from({ length: 80 }, (_, i) => crypto.sha256(Uint8Array.of(i))));
    const codes = unwrap(await encodeCounterCode(crypto, { presentation: credential, receipt: large }));
    for (const code of codes) {
      const modules = qrModules(code);
      expect(modules.length - 2 * 4).toBeLessThanOrEqual(97);
      expect(decodeQR(photograph(modules, 4))).toBe(code);
    }
  });

  test('stand in one SVG that draws exactly the dark modules', () => {
    const codes = ['HANSA1:P:1/2:A', 'HANSA1:P:2/2:B'];
    const paths = [...qrSvg(codes).matchAll(/<path [^>]*d="([^"]+)"/g)].map((found) => found[1] ?? '');
    expect(paths).toHaveLength(2);
    codes.forEach((code, index) => {
      const modules = qrModules(code);
      const drawn = modules.map((row) => row.map(() => false));
      for (const [, x, y, run] of (paths[index] ?? '').matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
        drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(run));
      }
      expect(drawn).toEqual(modules);
    });
  });

  test('are lines of text on a terminal', () => {
    expect(qrTerminal('HANSA1:P:1/1:A').split('\n').length).toBeGreaterThan(20);
  });
});
