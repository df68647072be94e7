import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@hansa/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/main.ts';
import { decodeCounterCode, encodeCounterCode, verifyPresentation, withReceipt } from '../../src/credential/index.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { type Given, judge } from '../../src/verify-page/client/verdict.ts';
import { floodCount, spoilt, spoiltBytes } from '../flood.ts';
import { context, crypto, federation, genesis, holderOf, issue, nowMs, present, unwrap } from './fixture.ts';

/** What comes to a counter from phones, paper and files of anybody: whatever it is, it gets a code, and costs little. */
const holder = holderOf('wu');
const presentation = await present(await issue(holder), holder);
const receipt = crypto.sha256(new Uint8Array(1)).slice();
const codes = unwrap(await encodeCounterCode(crypto, { presentation, receipt }));
const expected = { city: 'sanya', nonce: 'LOAN-2026-0117' };
const large = '~'.repeat(4 * 1024 * 1024);
const native = { ...context, crypto: nativeCrypto };
const coded = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const given = (parts: Partial<Given>): Given => ({
  ...{ genesis, city: expected.city, case: expected.nonce, codes: [], presentation: undefined, receipt: undefined },
  ...parts,
});

describe('a counter', () => {
  it('refuses 10,000 codes that are cut off, changed or too large, and reads the next good ones', async () => {
    const refusals = new Set<string>();
    for (let i = 0; i < floodCount; i++) {
      const at = i % codes.length;
      const texts = codes.map((code, index) => (index === at ? spoilt(code, i, large) : code));
      const decoded = await decodeCounterCode(nativeCrypto, texts);
      if (decoded.ok) throw new Error(`taken: ${i}`);
      refusals.add(decoded.error.code);
    }
    expect([...refusals]).toEqual(['CODE_MALFORMED']);
    expect(unwrap(await decodeCounterCode(nativeCrypto, codes))).toEqual({ presentation, receipt });
  });

  it('refuses 10,000 copies that are cut off, changed or too large, and verifies the next good one (P4)', () => {
    const refusals = new Set<string>();
    for (let i = 0; i < floodCount; i++) {
      const verified = verifyPresentation(native, spoilt(presentation, i, large), expected, nowMs);
      if (verified.ok) throw new Error(`taken: ${i}`);
      refusals.add(verified.error.code);
    }
    expect([...refusals].filter((code) => !coded.test(code))).toEqual([]);
    expect([...refusals]).toEqual(
      expect.arrayContaining(['CREDENTIAL_MALFORMED', 'CREDENTIAL_SIGNATURE_INVALID', 'CREDENTIAL_TOO_LARGE']),
    );
    expect(unwrap(verifyPresentation(native, presentation, expected, nowMs)).issuer.name).toBe('haikou');
  });

  it('takes 10,000 receipts that are cut off, changed or too large for none, and no city’s key from them (C12)', () => {
    const largest = new Uint8Array(limits.receiptBytesMax + 1);
    for (let i = 0; i < floodCount; i++) {
      expect(withReceipt(native, spoiltBytes(receipt, i, largest)).genesis).toBe(genesis);
    }
    expect(unwrap(verifyPresentation(native, presentation, expected, nowMs)).issuer.name).toBe('haikou');
  });
});

describe('the page that verifies without a network', () => {
  it('judges 10,000 scans and files that are none as bad, and the next good one as what it is', async () => {
    const refusals = new Set<string>();
    for (let i = 0; i < floodCount; i++) {
      // Every other is a scan. A letter changed within a copy costs a signature in the browser's own arithmetic: few of those.
      const at = i % 20 === 1 ? i : 2 * i;
      const scan = given({
        codes: codes.map((code, index) => (index === i % codes.length ? spoilt(code, i, large) : code)),
      });
      const file = given({ presentation: spoilt(presentation, at, large), receipt: spoiltBytes(receipt, i, receipt) });
      const { tone, hint } = await judge(i % 2 === 0 ? scan : file, nowMs);
      expect(tone).toBe('bad');
      refusals.add(typeof hint === 'string' ? hint : hint.code);
    }
    expect([...refusals].filter((code) => !coded.test(code))).toEqual([]);
    const each = ['CODE_MALFORMED', 'CREDENTIAL_MALFORMED', 'CREDENTIAL_SIGNATURE_INVALID'];
    expect([...refusals]).toEqual(expect.arrayContaining(each));
    expect(await judge(given({ presentation }), nowMs)).toMatchObject({ tone: 'warn', headline: 'unknown' });
  });
});

describe('hansa certificate verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hansa-flood-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  /** The code of the refusal, or undefined. */
  async function verify(what: string): Promise<string | undefined> {
    let out = '';
    const code = await runCommand(
      ['certificate', 'verify', what, '--genesis', join(folder, 'genesis.json'), '--json'],
      {
        ...{ environment: {}, interactive: false, ask: async () => '' },
        stdout: (text) => {
          out += text;
        },
        stderr: (text) => {
          out += text;
        },
      },
    );
    return code === 0 ? undefined : (JSON.parse(out) as { error: { code: string } }).error.code;
  }

  it('refuses such files with a code, also one that is larger than it reads, and takes the next good one', async () => {
    file('genesis.json', federation.bytes);
    const refusals = new Set<string | undefined>();
    for (let i = 1; i < 20; i++) {
      const content = i % 2 === 0 ? spoilt(presentation, i, large) : spoilt(codes.join('\n'), i, large);
      refusals.add(await verify(file('scanned.txt', content)));
    }
    refusals.add(await verify(file('scanned.txt', `${large}~`)));
    expect(refusals).not.toContain(undefined);
    expect([...refusals].filter((code) => !coded.test(String(code)))).toEqual([]);
    expect([...refusals]).toEqual(expect.arrayContaining(['CODE_MALFORMED', 'CREDENTIAL_MALFORMED', 'FILE_TOO_LARGE']));
    expect(await verify(file('scanned.txt', presentation))).toBeUndefined();
  });
});
