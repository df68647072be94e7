import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromHex, toHex, unwrap, utf8 } from '@hansa/protocol';
import {
  type AccessAsked,
  AccessTree,
  accessReceiptParts,
  accessRequestDigest,
  decodeAccessRequest,
  decodeOpenedPayload,
  encodeAccessProof,
  encodeOpenedPayload,
  isCommitted,
  payloadCommitment,
  sealInfo,
  verifyAbsent,
  verifyAccessProof,
  verifyAccessReceipt,
  verifyAccessRequest,
  verifyPresent,
} from '@hansa/protocol/access';
import { Domains, type DomainTag, portableCrypto } from '@hansa/protocol/crypto';
import { parseGenesis } from '@hansa/protocol/genesis';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessFixture } from '../../protocol/test/access-fixture.ts';
import { testFederation } from '../../protocol/test/federation.ts';
import { openSealed, type SealedBox, sealSuite } from '../src/exchange/seal.ts';
import {
  decodeExchangeReply,
  decodeExchangeRequest,
  encodeExchangeReply,
  encodeExchangeRequest,
} from '../src/exchange/wire.ts';

const FILE = fileURLToPath(new URL('../../../test/vectors/exchange.vectors.json', import.meta.url));
const TAGS: readonly DomainTag[] = ['access-request', 'access-answer', 'access-receipt', 'access-seal'];

const federation = testFederation(portableCrypto, 4, 'exchange vectors');
const fixture = new AccessFixture(federation);
const { crypto } = federation;

const payload = utf8('{"format":"hansa-deposit-certificate/1"}');
const salt = fixture.digest('salt');
const commitment = payloadCommitment(crypto, { salt, payload });

const asked: Readonly<Record<string, AccessAsked>> = {
  'a read under a consent': fixture.read({ commitment }),
  'a read by law': fixture.read({ commitment, basis: { kind: 'law', code: 'COURT_ORDER' } }),
  'a delivery': fixture.delivery({ commitment }),
  'a notice': fixture.notice({ commitment }),
};

/** What another implementation must write and accept. To make the file anew: `npx vitest run packages/node/test/exchange-vectors.test.ts -u`. */
it('requests, receipts, trees, proofs and sealed boxes of the exchange are the known ones (P3)', async () => {
  await expect(`${JSON.stringify(await makeVectors(), undefined, 2)}\n`).toMatchFileSnapshot(FILE);
});

async function makeVectors() {
  const { genesis, domains, bytes, credentialSecrets, exchangeSecrets } = federation;
  return {
    about:
      'Bytes are hexadecimal. Cities are named by their index in the genesis file. Secrets: Ed25519 seeds (credential), X25519 (exchange), the ephemeral one of HPKE.',
    genesis: new TextDecoder().decode(bytes),
    domains: Object.fromEntries(TAGS.map((tag) => [tag, toHex(domains.prefix(tag))])),
    secrets: { credential: credentialSecrets.map(toHex), exchange: exchangeSecrets.map(toHex) },
    payload: { salt: toHex(salt), payload: toHex(payload), commitment: toHex(commitment) },
    sealed: await sealedVector(genesis.authorities[1]?.exchangeKey as Uint8Array),
    accesses: Object.entries(asked).flatMap(([name, each]) => [
      accessVector(`${name}, done`, each, undefined),
      accessVector(`${name}, refused`, each, 'CONSENT_EXPIRED'),
    ]),
    refused: refusedVectors(),
    frames: frameVectors(),
    tree: treeVector(),
    proofs: proofVectors(),
  };
}

async function sealedVector(publicKey: Uint8Array) {
  const delivery = fixture.delivery({ commitment });
  const info = sealInfo(federation.domains, delivery);
  const plain = encodeOpenedPayload({ salt, payload });
  const secret = fixture.digest('ephemeral');
  const buffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
  const { kem } = sealSuite;
  const ekm = {
    privateKey: await kem.importKey('raw', buffer(secret), false),
    publicKey: await kem.importKey('raw', buffer(crypto.x25519.publicKey(secret)), true),
  };
  const recipientPublicKey = await kem.deserializePublicKey(buffer(publicKey));
  const { enc, ct } = await sealSuite.seal({ recipientPublicKey, info: buffer(info), ekm }, buffer(plain));
  return {
    ...{ to: 1, record: delivery.record, consentId: toHex(delivery.consentId), info: toHex(info) },
    ...{ ephemeralSecret: toHex(secret), openedPayload: toHex(plain) },
    ...{ encapsulatedKey: toHex(new Uint8Array(enc)), ciphertext: toHex(new Uint8Array(ct)) },
  };
}

function accessVector(name: string, each: AccessAsked, refused: string | undefined) {
  const bytes = fixture.receipt(each, refused === undefined ? {} : { refused });
  const parts = unwrap(accessReceiptParts(bytes));
  const { id } = unwrap(verifyAccessReceipt(fixture.context, bytes));
  return {
    ...{ name, request: shown(each), requestBytes: toHex(parts.request) },
    requestDigest: toHex(accessRequestDigest(federation.domains, parts.request)),
    requestSignature: toHex(parts.requestSignature),
    ...{ refused: refused ?? null, answerBytes: toHex(parts.answer), answerSignature: toHex(parts.answerSignature) },
    ...{ receipt: toHex(bytes), id: toHex(id) },
  };
}

/** A request in JSON. */
function shown(each: AccessAsked): object {
  const value = JSON.stringify(each, (_key, part) => (part instanceof Uint8Array ? toHex(part) : part));
  return JSON.parse(value) as object;
}

function refusedVectors() {
  const read = fixture.read({ commitment });
  const good = fixture.receipt(read);
  const elsewhere = new AccessFixture(testFederation(portableCrypto, 4, 'another federation'));
  const samples = {
    'signed by another city than asks': fixture.receipt(read, {}, { asker: 2 }),
    'signed by another city than answers': fixture.receipt(read, {}, { answerer: 2 }),
    'an answer to another request': fixture.receipt(read, { digest: fixture.digest('another') }),
    'answered before it was asked': fixture.receipt(read, { atMs: read.askedAtMs - 1 }),
    'answered too late': fixture.receipt(read, { atMs: read.askedAtMs + 300_001 }),
    'asked of a city that did not make the record': fixture.receipt(fixture.read({ commitment, answerer: 2 })),
    'asked by the city itself': fixture.receipt(fixture.read({ commitment, asker: 0 })),
    'of another federation': elsewhere.receipt(elsewhere.read({ commitment })),
    'cut off': good.slice(0, -1),
    'with a byte more': new Uint8Array([...good, 0]),
  };
  return Object.entries(samples).map(([name, bytes]) => ({ name, receipt: toHex(bytes), code: codeOf(bytes) }));
}

function codeOf(receipt: Uint8Array): string {
  const verified = verifyAccessReceipt(fixture.context, receipt);
  return verified.ok ? 'accepted' : verified.error.code;
}

function frameVectors() {
  const parts = unwrap(accessReceiptParts(fixture.receipt(asked['a read under a consent'] as AccessAsked)));
  const request = { bytes: parts.request, signature: parts.requestSignature };
  const answer = { bytes: parts.answer, signature: parts.answerSignature };
  const sealed: SealedBox = { encapsulatedKey: fixture.digest('key'), ciphertext: fixture.digest('box') };
  return {
    request: toHex(encodeExchangeRequest({ ...request, sealed: undefined })),
    requestWithBox: toHex(encodeExchangeRequest({ ...request, sealed })),
    granted: toHex(encodeExchangeReply({ kind: 'answered', answer, opened: { salt, payload } })),
    acknowledged: toHex(encodeExchangeReply({ kind: 'answered', answer, opened: undefined })),
    unheard: toHex(encodeExchangeReply({ kind: 'unheard', code: 'NOT_FINAL_YET' })),
  };
}

const leaves = Array.from({ length: 7 }, (_, number) => fixture.access(number, 1_795_000_000_000 + number));

function treeVector() {
  const inside = leaves.slice(0, 6);
  const tree = new AccessTree(
    crypto,
    inside.map(({ id }) => id),
  );
  const proven = [inside[2], leaves[6]].map((access) => {
    const id = access?.id as Uint8Array;
    const { present, leaves: around } = tree.prove(id);
    const shownLeaves = around.map(({ index, receiptId, path }) => ({
      ...{ index, receiptId: toHex(receiptId), path: path.map(toHex) },
    }));
    return { id: toHex(id), present, leaves: shownLeaves };
  });
  return {
    ids: tree.ids.map(toHex),
    root: toHex(tree.root),
    emptyRoot: toHex(new AccessTree(crypto, []).root),
    proven,
  };
}

function proofVectors() {
  const tree = new AccessTree(
    crypto,
    leaves.slice(0, 6).map(({ id }) => id),
  );
  const period = { fromMs: 1_795_000_000_000, toMs: 1_795_003_600_000 };
  const batch = { location: { lane: 0, sequence: 9, position: 0 }, ...period, root: tree.root, count: 6 };
  return [leaves[2], leaves[6]].map((access) => {
    const receipt = access?.bytes as Uint8Array;
    const proof = { ...tree.prove(access?.id as Uint8Array), batch, receipt, ledgerReceipt: new Uint8Array(0) };
    return { present: proof.present, proof: toHex(encodeAccessProof(proof)) };
  });
}

type Vectors = Awaited<ReturnType<typeof makeVectors>>;

describe('the published exchange, with nothing but the file', () => {
  let vectors: Vectors;
  let context: Parameters<typeof verifyAccessReceipt>[0];
  beforeAll(() => {
    vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;
    const genesis = unwrap(parseGenesis(portableCrypto, utf8(vectors.genesis)));
    context = { genesis, domains: new Domains(portableCrypto, genesis.federationId), crypto: portableCrypto };
  });
  const hex = (text: string) => fromHex(text) as Uint8Array;

  it('has receipts that verify and requests that say what is told of them', () => {
    expect(vectors.accesses).toHaveLength(8);
    for (const each of vectors.accesses) {
      const access = unwrap(verifyAccessReceipt(context, hex(each.receipt)));
      expect([toHex(access.id), access.answered.refused ?? null]).toEqual([each.id, each.refused]);
      expect(shown(unwrap(decodeAccessRequest(context.genesis, hex(each.requestBytes))))).toEqual(each.request);
      expect(verifyAccessRequest(context, hex(each.requestBytes), hex(each.requestSignature)).ok).toBe(true);
    }
  });

  it('has receipts that are refused, each with its code', () => {
    expect(new Set(vectors.refused.map(({ code }) => code)).size).toBeGreaterThan(4);
    for (const { name, receipt, code } of vectors.refused) {
      expect(code, name).not.toBe('accepted');
      expect(verifyAccessReceipt(context, hex(receipt)), name).toMatchObject({ ok: false, error: { code } });
    }
  });

  it('has a box that the grantee opens, whose content is what the ledger has the commitment of (P1)', async () => {
    const { sealed, secrets, payload: committed } = vectors;
    const box = { encapsulatedKey: hex(sealed.encapsulatedKey), ciphertext: hex(sealed.ciphertext) };
    const plain = await openSealed(hex(secrets.exchange[1] as string), hex(sealed.info), box);
    expect(toHex(plain ?? new Uint8Array(0))).toBe(sealed.openedPayload);
    const opened = unwrap(decodeOpenedPayload(plain as Uint8Array));
    expect(isCommitted(portableCrypto, opened, hex(committed.commitment))).toBe(true);
    expect(await openSealed(hex(secrets.exchange[2] as string), hex(sealed.info), box)).toBeUndefined();
  });

  it('has frames that are read back', () => {
    const { frames } = vectors;
    expect(unwrap(decodeExchangeRequest(hex(frames.request))).sealed).toBeUndefined();
    expect(unwrap(decodeExchangeRequest(hex(frames.requestWithBox))).sealed).toBeDefined();
    expect(unwrap(decodeExchangeReply(hex(frames.granted)))).toMatchObject({ opened: { payload } });
    expect(unwrap(decodeExchangeReply(hex(frames.acknowledged)))).toMatchObject({ opened: undefined });
    expect(unwrap(decodeExchangeReply(hex(frames.unheard)))).toEqual({ kind: 'unheard', code: 'NOT_FINAL_YET' });
  });

  it('has a tree that proves presence and absence (P3)', () => {
    const { ids, root, proven } = vectors.tree;
    const head = { root: hex(root), count: ids.length };
    for (const { id, present, leaves: around } of proven) {
      const proof = around.map(({ index, receiptId, path }) => ({
        index,
        receiptId: hex(receiptId),
        path: path.map(hex),
      }));
      const [first] = proof;
      expect(first !== undefined && verifyPresent(portableCrypto, head, hex(id), first)).toBe(present);
      expect(verifyAbsent(portableCrypto, head, hex(id), proof)).toBe(!present);
    }
    expect(vectors.proofs.map(({ present }) => present)).toEqual([true, false]);
    for (const { present, proof } of vectors.proofs) {
      expect(unwrap(verifyAccessProof(context, hex(proof)))).toMatchObject({ present });
    }
  });
});
