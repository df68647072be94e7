import { concatBytes, equalBytes, toHex } from '@hansa/protocol';
import { encodeReceipt, type ReceiptParts, verifyReceipt } from '@hansa/protocol/receipt';
import { BlockSchema, decodeStrict, ExecutionLogSchema, encodeMessage } from '@hansa/protocol/wire';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { VoteKind } from '../decode.ts';
import { isProven } from './certificates.ts';

type FactProof = ReceiptParts['facts'][number];
type Verify = (bytes: Uint8Array) => boolean;
/** What is wrong with a receipt, and the parts that make it so. */
type Wrong = [what: string, parts: Partial<ReceiptParts>];

/** Of the checkpoints that become provable one in so many is looked at, in each city. */
const EVERY = 8;
/** In larger federations nobody reads whole logs. */
const FEW = 16;
const REMEMBERED = 64;
const DIGEST_BYTES = 32;

/**
 * C6, C11, L3: what a city would hand out as a receipt proves what it says, as the specification has it and as everybody
 * verifies it; and everybody refuses it with another certificate, another block or another state (`receipts`).
 *
 * @param verify the verification under test
 */
export function receipts(chronicle: Chronicle, verify: Verify = verifierOf(chronicle)): Check {
  const { crypto } = chronicle.world.federation;
  /** Notarizations by block, and the first final block: what a wrong receipt is made of. */
  const notarizations = new Map<string, Uint8Array>();
  let firstFinal: Uint8Array | undefined;
  /** A fact that is there, as far as anybody knows. */
  let factKey: Uint8Array | undefined;
  let judged = 0;

  const judge = (city: City) => {
    const parts = partsOf(chronicle, city, factKey);
    if (parts === undefined) return;
    const fault = faultOf(chronicle, parts);
    if (fault !== undefined)
      chronicle.report('receipts', [city], `a receipt of ${city.name} does not prove it: ${fault}`);
    if (!verify(encodeReceipt(crypto, parts))) {
      chronicle.report('receipts', [city], `a receipt of ${city.name} is refused by those who verify it`);
    }
    // One of them each time, in turn: a verification costs as much as all else that a city does for a checkpoint.
    const wrongs = wrongOnes(parts);
    const [what, wrong] = wrongs[judged++ % wrongs.length] as Wrong;
    if (!verify(encodeReceipt(crypto, { ...parts, ...wrong }))) return;
    chronicle.report('receipts', [city], `a receipt of ${city.name} with ${what} is taken for true`);
  };

  const wrongOnes = (parts: ReceiptParts): Wrong[] => {
    const digest = chronicle.decoder.block(parts.block)?.digest ?? '';
    const notarization = notarizations.get(digest);
    const [fact] = parts.facts;
    return [
      ['the roots of another state', { requestsDigest: flipped(parts.requestsDigest) }],
      [
        'a fact that was changed',
        { facts: fact === undefined ? [] : [{ ...fact, value: Uint8Array.of(1), other: undefined }] },
      ],
      ['a block with the same state that nobody made', { block: redated(parts.block) }],
      ...(notarization === undefined ? [] : [['a notarization', { finalization: notarization }] as Wrong]),
      ...(firstFinal === undefined || equalBytes(firstFinal, parts.block)
        ? []
        : [['another final block', { block: firstFinal }] as Wrong]),
    ];
  };

  return {
    onCertificate(_, { statement, bytes }) {
      if (statement.kind !== VoteKind.NOTARIZE) return;
      notarizations.set(statement.block, bytes);
      if (notarizations.size > REMEMBERED)
        for (const old of notarizations.keys()) return void notarizations.delete(old);
    },
    onFinal(_, block, first) {
      if (first) firstFinal ??= block.bytes;
    },
    onExecution(_, __, log) {
      if (factKey !== undefined || chronicle.n > FEW) return;
      const decoded = decodeStrict(ExecutionLogSchema, log, log.length);
      if (decoded.ok && decoded.value.factKeys.length > 0) factKey = decoded.value.factKeys.slice(0, DIGEST_BYTES);
    },
    onTold(city, effect) {
      if (effect.kind !== 'checkpointed' || (effect.height + city.node) % EVERY !== 0 || city.haltedBy !== undefined)
        return;
      if (chronicle.trust.wasNeverDamaged(city.node)) judge(city);
    },
  };
}

/** What the daemon puts into a receipt of facts, at this moment: one that is there and one that is not. */
function partsOf(chronicle: Chronicle, city: City, factKey: Uint8Array | undefined): ReceiptParts | undefined {
  const { replica } = city.view;
  const base = replica?.proofBase();
  const state = base && replica?.ledger.checkpoint(base.checkpointHeight);
  const seals = chronicle.seals(base?.epoch ?? 0);
  if (replica === undefined || base === undefined || state === undefined || seals === undefined) return undefined;
  const keys = [state.stateRoot, ...(factKey === undefined ? [] : [factKey])];
  return {
    finalization: base.finalization,
    block: base.block,
    seals,
    factsRoot: state.factsRoot,
    requestsDigest: state.requestsDigest,
    facts: keys.map((key) => replica.ledger.proveFact(key, state.height)),
  };
}

/** What is wrong with a receipt, by the words of the specification; undefined: nothing. */
function faultOf(chronicle: Chronicle, parts: ReceiptParts): string | undefined {
  const { domains } = chronicle.world.federation;
  const certificate = chronicle.decoder.certificate(parts.finalization);
  const block = chronicle.decoder.block(parts.block);
  if (certificate?.statement.kind !== VoteKind.FINALIZE || block === undefined) return 'there is no finalization';
  if (certificate.statement.block !== block.digest) return 'another block is final';
  if (!isProven(chronicle, certificate)) return 'no quorum signed the finalization';
  const state = toHex(domains.digest('state', concatBytes(parts.factsRoot, parts.requestsDigest)));
  if (state !== block.checkpoint.stateRoot) return 'its state is not that of the checkpoint';
  const root = toHex(parts.factsRoot);
  return parts.facts.every((fact) => toHex(rootOf(chronicle, fact)) === root)
    ? undefined
    : 'a fact is not in its state';
}

/** L3: the root that a proof of a fact, or of its absence, leads to. */
function rootOf(chronicle: Chronicle, { key, value, siblingBits, siblings, other }: FactProof): Uint8Array {
  const { crypto } = chronicle.world.federation;
  const leaf = (of: Uint8Array, valueHash: Uint8Array) => crypto.sha256(concatBytes(Uint8Array.of(0), of, valueHash));
  const bit = (bytes: Uint8Array, depth: number) => ((bytes[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
  let hash: Uint8Array = new Uint8Array(DIGEST_BYTES);
  if (value !== undefined) hash = leaf(key, crypto.sha256(value));
  else if (other !== undefined) hash = leaf(other.key, other.valueHash);
  let depth = siblingBits.length * 8;
  while (depth > 0 && bit(siblingBits, depth - 1) === 0) depth -= 1;
  const left = [...siblings];
  for (let at = depth - 1; at >= 0; at--) {
    const sibling = bit(siblingBits, at) === 1 ? (left.pop() ?? new Uint8Array(0)) : new Uint8Array(DIGEST_BYTES);
    hash = crypto.sha256(bit(key, at) === 0 ? concatBytes(hash, sibling) : concatBytes(sibling, hash));
  }
  return left.length === 0 ? hash : new Uint8Array(0);
}

function verifierOf(chronicle: Chronicle): Verify {
  const { genesis, crypto } = chronicle.world.federation;
  return (bytes) => verifyReceipt({ genesis, crypto }, bytes).ok;
}

/** The same block a millisecond later: another digest, the same checkpoint. */
function redated(bytes: Uint8Array): Uint8Array {
  const block = decodeStrict(BlockSchema, bytes);
  if (!block.ok) return bytes;
  return encodeMessage(BlockSchema, { ...block.value, timestampMs: block.value.timestampMs + 1n });
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, place) => (place === 0 ? byte ^ 1 : byte));
}
