import { createContext, runInContext } from 'node:vm';
import { type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleLightClient, GZIP_BYTES_MAX } from '../scripts/bundle-light-client.js';
import * as small from '../scripts/small-protobuf.ts';
import { toHex } from '../src/bytes.ts';
import { encodeMessage } from '../src/codec/index.ts';
import { type MessageRule, messageRule, WireKind } from '../src/codec/wire-table.ts';
import { portableCrypto } from '../src/crypto/index.ts';
import * as consensus from '../src/gen/hansa/v1/consensus_pb.ts';
import * as families from '../src/gen/hansa/v1/families_pb.ts';
import * as lane from '../src/gen/hansa/v1/lane_pb.ts';
import * as receipts from '../src/gen/hansa/v1/receipt_pb.ts';
import * as records from '../src/gen/hansa/v1/record_pb.ts';
import * as store from '../src/gen/hansa/v1/store_pb.ts';
import * as sync from '../src/gen/hansa/v1/sync_pb.ts';
import { encodeReceipt } from '../src/receipt/index.ts';
import { type TestFederation, testFederation } from './federation.ts';
import { SampleLedger } from './sample-receipt.ts';

describe('the light client in a browser', () => {
  let bundle: { code: string; gzipBytes: number };
  let federation: TestFederation;
  let ledger: SampleLedger;
  let verify: (genesis: Uint8Array, receipt: Uint8Array) => string;

  beforeAll(async () => {
    bundle = await bundleLightClient(new URL('../src/light-client/index.ts', import.meta.url));
    federation = testFederation(portableCrypto, 4);
    ledger = new SampleLedger(federation);
    // A world with ECMAScript alone, and the two text classes that every browser has.
    const context = createContext({ TextEncoder, TextDecoder });
    runInContext(bundle.code, context);
    const script = `(genesisHex, receiptHex, tagHex, atMs) => {
      const genesis = hansa.parseGenesis(hansa.portableCrypto, hansa.fromHex(genesisHex));
      if (!genesis.ok) return genesis.error.code;
      const context = { genesis: genesis.value, crypto: hansa.portableCrypto };
      const receipt = hansa.verifyReceipt(context, hansa.fromHex(receiptHex));
      if (!receipt.ok) return receipt.error.code;
      const subject = hansa.explainSubject(context, receipt.value, hansa.fromHex(tagHex), atMs);
      if (!subject.ok) return subject.error.code;
      const places = subject.value.live.map(({ location }) => hansa.formatLocation(genesis.value, location));
      const { height, record } = receipt.value;
      return JSON.stringify({ height, type: record.type, places, until: hansa.formatDay(subject.value.live[0].restrictUntil) });
    }`;
    const inside = runInContext(script, context) as (...inputs: unknown[]) => string;
    verify = (genesis, receipt) =>
      inside(toHex(genesis), toHex(receipt), toHex(ledger.listedTag), ledger.block.timestampMs);
  });

  it('is at most 60 kB on the wire', () => {
    expect(bundle.gzipBytes).toBeLessThanOrEqual(GZIP_BYTES_MAX);
  });

  it('verifies and explains a receipt with the genesis file alone, in a world without Node', () => {
    const receipt = encodeReceipt(portableCrypto, ledger.listingReceipt());
    expect(verify(federation.bytes, receipt)).toBe(
      '{"height":6,"type":1,"places":["haikou/2/1"],"until":"2028-09-02"}',
    );
  });

  it('refuses what the full client refuses', () => {
    const receipt = encodeReceipt(portableCrypto, ledger.listingReceipt());
    const damaged = receipt.slice();
    damaged[200] = (damaged[200] as number) ^ 4;
    expect(verify(federation.bytes, damaged)).toMatch(/^RECEIPT_(DAMAGED|MALFORMED)$/);
    expect(verify(federation.bytes, receipt.subarray(1))).toBe('RECEIPT_MALFORMED');
    expect(verify(federation.bytes.subarray(1), receipt)).toBe('GENESIS_NOT_JSON');
    const other = testFederation(portableCrypto, 4, 'another federation');
    expect(verify(other.bytes, receipt)).toBe('RECEIPT_WRONG_FEDERATION');
    const silent = { ...ledger.listingReceipt(), finalization: ledger.certificate({}, [0, 1]) };
    expect(verify(federation.bytes, encodeReceipt(portableCrypto, silent))).toBe('RECEIPT_BAD_FINALIZATION');
  });

  it('carries no encoder and no platform but its own', () => {
    expect(bundle.code).not.toContain(small.WRITING_REFUSED);
    expect(bundle.code).not.toMatch(/\brequire\(|node:|\bprocess\.|\bBuffer\b/);
  });
});

describe('the small protobuf reader of the bundle', () => {
  const schemas = [consensus, families, lane, receipts, records, store, sync].flatMap((file) =>
    Object.entries(file as Record<string, unknown>).flatMap(([name, schema]) =>
      name.endsWith('Schema') && 'fields' in (schema as object) ? [schema as DescMessage] : [],
    ),
  );
  const files = new Map<string, ReturnType<typeof small.fileDesc>>();

  /** The small reader's descriptor of the same file, from the same embedded bytes. */
  function smallFile(file: DescMessage['file']): ReturnType<typeof small.fileDesc> {
    const known = files.get(file.name);
    if (known !== undefined) return known;
    const base64 = embedded.get(file.name) as string;
    const made = small.fileDesc(base64, file.dependencies.map(smallFile));
    files.set(file.name, made);
    return made;
  }

  const embedded = new Map<string, string>();

  beforeAll(async () => {
    const { readFile } = await import('node:fs/promises');
    for (const { file } of schemas) {
      if (embedded.has(file.name)) continue;
      const source = await readFile(new URL(`../src/gen/${file.name}_pb.ts`, import.meta.url), 'utf8');
      embedded.set(file.name, /fileDesc\("([^"]+)"/.exec(source)?.[1] as string);
    }
  });

  it('describes every message of the schema as protobuf-es does, as far as the codec looks', () => {
    expect(schemas.length).toBeGreaterThan(30);
    for (const schema of schemas) {
      expect(messageRule(smallMessage(schema) as unknown as DescMessage)).toEqual(messageRule(schema));
    }
  });

  it('reads every message of the schema as protobuf-es does, empty and full', () => {
    for (const schema of schemas) {
      for (const depth of [0, 1, 2]) {
        for (const oneof of [0, 1, 2, 3]) {
          const full = fromBinary(schema, sampleBytes(messageRule(schema), depth, oneof));
          const bytes = encodeMessage(schema, full);
          expect(plain(small.fromBinary(smallMessage(schema), bytes))).toEqual(plain(full));
        }
      }
    }
  });

  it('throws on bytes that are no message', () => {
    const schema = smallMessage(consensus.BlockSchema);
    for (const bytes of [[8], [0x0a, 5, 1], [0x0d, 1, 2, 3, 4], [8, 0x80], [0x08, 1, 0x10]]) {
      expect(() => small.fromBinary(schema, new Uint8Array(bytes))).toThrow();
    }
  });

  function smallMessage(schema: DescMessage): ReturnType<typeof small.messageDesc> {
    return small.messageDesc(smallFile(schema.file), schema.file.messages.indexOf(schema));
  }

  function plain(message: unknown): unknown {
    return JSON.parse(
      JSON.stringify(message, (_key, value: unknown) => {
        if (typeof value === 'bigint') return `${value}n`;
        return value instanceof Uint8Array ? toHex(value) : value;
      }),
    );
  }
});

/** Wire bytes with every field set (nested ones down to `depth`), and of each oneof the member of the given turn. */
function sampleBytes(rule: MessageRule, depth: number, oneof: number): Uint8Array {
  const out: number[] = [];
  const varint = (value: bigint) => {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
    out.push(Number(rest));
  };
  const members = rule.fields.filter((field) => field !== undefined && field.oneofBit !== 0);
  const chosen = members[oneof % Math.max(1, members.length)];
  for (const field of rule.fields) {
    if (field === undefined || (field.oneofBit !== 0 && field !== chosen)) continue;
    const nested = field.message === undefined ? undefined : sampleBytes(field.message, depth - 1, oneof);
    for (let turn = 0; turn < (field.repeated && !field.packed ? 2 : 1); turn++) {
      if (depth <= 0) continue;
      varint(BigInt(field.number * 8 + field.wireType));
      const bytes =
        nested ??
        (field.kind === WireKind.string ? new TextEncoder().encode('城市 a') : new Uint8Array([turn, 255, 0]));
      if (field.packed) out.push(2, 1, 3);
      else if (field.wireType === 2) out.push(...lengthOf(bytes), ...bytes);
      else if (field.kind === WireKind.uint64) varint(0xffff_ffff_ffff_ffffn);
      else if (field.kind === WireKind.uint32) varint(0xffff_ffffn);
      else varint(1n);
    }
  }
  return new Uint8Array(out);
}

function lengthOf(bytes: Uint8Array): number[] {
  return bytes.length < 0x80 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
}
