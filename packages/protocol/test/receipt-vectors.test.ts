import { readFileSync } from 'node:fs';
import { create, fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../src/bytes.ts';
import { encodeMessage } from '../src/codec/index.ts';
import type { DomainTag } from '../src/crypto/domains.ts';
import { Domains, portableCrypto } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { VoteKind } from '../src/gen/hansa/v1/consensus_pb.ts';
import { ReceiptSchema } from '../src/gen/hansa/v1/receipt_pb.ts';
import { parseGenesis } from '../src/genesis/index.ts';
import { appendChecksum } from '../src/receipt/checksum.ts';
import { encodeReceipt, explainCertificate, explainSubject, verifyReceipt } from '../src/receipt/index.ts';
import { testFederation } from './federation.ts';
import { SampleLedger } from './sample-receipt.ts';

interface Vectors {
  readonly about: string;
  readonly genesis: string;
  readonly federationId: string;
  readonly domains: Readonly<Record<string, string>>;
  readonly receipts: readonly {
    readonly name: string;
    readonly bytes: string;
    /** Code of the refusal, or what is proven. */
    readonly refused?: string;
    readonly proves?: { readonly height: number; readonly checkpointHeight: number; readonly timestampMs: number };
    readonly subjects?: readonly { readonly tag: string; readonly atMs: number; readonly live: number }[];
    readonly certificates?: readonly { readonly id: string; readonly atMs: number; readonly status: string }[];
  }[];
}

const TAGS: readonly DomainTag[] = [
  'record',
  'entry',
  'entry-signature',
  'block',
  'proposal',
  'vote',
  'actor',
  'state',
];
const path = new URL('../../../test/vectors/receipts.json', import.meta.url);

describe('the published receipts', () => {
  it('are what this implementation makes', async () => {
    await expect(`${JSON.stringify(makeVectors(), undefined, 2)}\n`).toMatchFileSnapshot(path.pathname);
  });

  const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors;
  const genesis = unwrap(parseGenesis(portableCrypto, utf8(vectors.genesis)));
  const context = { genesis, crypto: portableCrypto };

  it('are of one federation, whose digests have these domains (R1)', () => {
    expect(toHex(genesis.federationId)).toBe(vectors.federationId);
    const domains = new Domains(portableCrypto, genesis.federationId);
    for (const [tag, prefix] of Object.entries(vectors.domains)) {
      expect(toHex(domains.prefix(tag as DomainTag))).toBe(prefix);
    }
  });

  it.each(vectors.receipts.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const result = verifyReceipt(context, bytesOf(vector.bytes));
    if (vector.refused !== undefined) {
      expect(result).toMatchObject({ ok: false, error: { code: vector.refused } });
      return;
    }
    const receipt = unwrap(result);
    expect(receipt).toMatchObject(vector.proves ?? {});
    for (const { tag, atMs, live } of vector.subjects ?? []) {
      expect(unwrap(explainSubject(context, receipt, bytesOf(tag), atMs)).live).toHaveLength(live);
    }
    for (const { id, atMs, status } of vector.certificates ?? []) {
      expect(unwrap(explainCertificate(context, receipt, bytesOf(id), atMs)).status).toBe(status);
    }
  });
});

function makeVectors(): Vectors {
  const federation = testFederation(portableCrypto, 4);
  const ledger = new SampleLedger(federation);
  const { height, timestampMs, checkpoint } = ledger.block;
  const proves = { height, checkpointHeight: checkpoint.height, timestampMs };
  const facts = [ledger.blacklistProof(ledger.absentTag), ledger.certificateProof()];
  const listing = encodeReceipt(portableCrypto, ledger.listingReceipt());
  const made = (change: Partial<Parameters<typeof encodeReceipt>[1]>) =>
    toHex(encodeReceipt(portableCrypto, { ...ledger.listingReceipt(), ...change }));
  const lied = fromBinary(ReceiptSchema, listing);
  lied.checksum = new Uint8Array();
  for (const fact of lied.facts) fact.value = new Uint8Array();
  const denied = appendChecksum(portableCrypto, encodeMessage(ReceiptSchema, create(ReceiptSchema, lied)));
  const days = 86_400_000;
  return {
    about:
      'Receipts of one federation of four cities (docs/spec/receipts.md). Bytes are hexadecimal; times are Unix milliseconds.',
    genesis: new TextDecoder().decode(federation.bytes),
    federationId: toHex(federation.genesis.federationId),
    domains: Object.fromEntries(TAGS.map((tag) => [tag, toHex(federation.domains.prefix(tag))])),
    receipts: [
      {
        name: 'a listing, with its record and its fact',
        bytes: toHex(listing),
        proves,
        subjects: [
          { tag: toHex(ledger.listedTag), atMs: timestampMs, live: 1 },
          { tag: toHex(ledger.listedTag), atMs: timestampMs + 1000 * days, live: 0 },
        ],
      },
      {
        name: 'the absence of a subject, and a certificate before and after its last day',
        bytes: toHex(encodeReceipt(portableCrypto, { ...ledger.emptyReceipt(), facts })),
        proves,
        subjects: [{ tag: toHex(ledger.absentTag), atMs: timestampMs, live: 0 }],
        certificates: [
          { id: toHex(ledger.certificateId), atMs: timestampMs, status: 'active' },
          { id: toHex(ledger.certificateId), atMs: timestampMs + 60 * days, status: 'expired' },
        ],
      },
      {
        name: 'votes of two cities of four',
        bytes: made({ finalization: ledger.certificate({}, [0, 1]) }),
        refused: 'RECEIPT_BAD_FINALIZATION',
      },
      {
        name: 'votes that only notarize',
        bytes: made({ finalization: ledger.certificate({ kind: VoteKind.NOTARIZE }) }),
        refused: 'RECEIPT_NOT_FINAL',
      },
      {
        name: 'votes of another epoch',
        bytes: made({ finalization: ledger.certificate({ epoch: 1 }) }),
        refused: 'RECEIPT_WRONG_EPOCH',
      },
      {
        name: 'a fact of presence that is given out as absence',
        bytes: toHex(denied),
        refused: 'RECEIPT_BAD_FACT_PROOF',
      },
      {
        name: 'another facts root',
        bytes: made({ factsRoot: ledger.requestsDigest }),
        refused: 'RECEIPT_STATE_MISMATCH',
      },
      {
        name: 'the record of another position',
        bytes: made({ record: { ...ledger.recordProof(1, 1), location: { lane: 0, sequence: 2, position: 0 } } }),
        refused: 'RECEIPT_BAD_RECORD_PROOF',
      },
      {
        name: 'the wrong place in the history',
        bytes: made({ record: { ...ledger.recordProof(1, 1), historyIndex: 2 } }),
        refused: 'RECEIPT_NOT_IN_HISTORY',
      },
      {
        name: 'one flipped bit',
        bytes: toHex(listing.map((byte, index) => (index === 300 ? byte ^ 1 : byte))),
        refused: 'RECEIPT_DAMAGED',
      },
      { name: 'a byte too few', bytes: toHex(listing.subarray(0, -1)), refused: 'RECEIPT_MALFORMED' },
    ],
  };
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  if (bytes === undefined) throw new Error('not hexadecimal');
  return bytes;
}
