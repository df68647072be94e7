import { toHex } from '@hansa/protocol';
import { type Effect, readU48, type Write } from '@hansa/protocol/replica';
import { decodeStrict, encodeMessage, QuorumCertificateSchema, SealProofSchema } from '@hansa/protocol/wire';
import type { Probe } from '../world/contract.ts';
import { type Check, type CheckHooks, hooksOf, type Told } from './check.ts';
import type { Chronicle } from './chronicle.ts';
import type { City } from './city.ts';
import type { SeenFrame } from './decode.ts';
import { epochView } from './epoch-view.ts';

/** Numbers of the store's tables, as `replica/keys.ts` lists them. */
const TABLES = {
  entries: 1,
  blocks: 3,
  finalizations: 4,
  executions: 5,
  floor: 7,
  votes: 8,
  certificates: 9,
  candidates: 10,
  evidence: 11,
  halt: 13,
  proposals: 12,
  seals: 14,
} as const;

/** By the number that a key of the table of evidence ends with. */
const EVIDENCE_TYPES = ['', 'lane-fork', 'conflicting-votes', 'conflicting-proposals'] as const;

/** Turns what the world shows into what the checks listen to. The facts are noted after the checks have heard of them. */
export class Feed {
  readonly #chronicle: Chronicle;
  readonly #hooks: CheckHooks;
  /** Checks that follow every message: none unless the scenario asks for it. */
  readonly #isClose: boolean;

  constructor(chronicle: Chronicle, checks: readonly Check[], isClose: boolean) {
    this.#chronicle = chronicle;
    this.#hooks = hooksOf(checks);
    this.#isClose = isClose;
  }

  probe(): Probe {
    const chronicle = this.#chronicle;
    const close: Probe = {
      onEffect: (node, effect) => {
        const city = chronicle.city(node);
        if (city === undefined) return;
        const frame = this.#frameOf(effect);
        for (const hook of this.#hooks.onEffect) hook(city, effect, frame);
      },
      onTurn: (node) => {
        const city = chronicle.city(node);
        if (city === undefined) return;
        city.inputs += 1;
        for (const hook of this.#hooks.onTurn) hook(city);
      },
    };
    return {
      ...(this.#isClose ? close : {}),
      onInput: (node, input) => {
        const city = chronicle.city(node);
        const frame =
          input.kind === 'message' && (this.#isClose || isProposal(input.bytes))
            ? chronicle.decoder.frame(input.bytes)
            : undefined;
        if (frame?.kind === 'proposal') chronicle.noteProposal(frame.proposal);
        if (city === undefined) return;
        city.nowMs = input.nowMs;
        city.clockOffMs = input.nowMs - chronicle.world.startMs - chronicle.world.nowUs / 1000;
        if (!this.#isClose) return;
        for (const hook of this.#hooks.onHeard) hook(city, input, frame);
      },
      onDurable: (node, writes) => {
        const city = chronicle.city(node);
        if (city === undefined) return;
        for (const write of writes) this.#onWrite(city, write);
      },
      onCarriedOut: (node, effect) => {
        const city = chronicle.city(node);
        if (city !== undefined) this.#onCarriedOut(city, effect);
      },
      onNodeState: (node, state, why) => {
        chronicle.trust.noteBroken();
        const city = chronicle.city(node);
        if (city === undefined) return;
        if (state === 'down') city.joined = false;
        if (state === 'up') {
          city.awakeUs = chronicle.world.nowUs;
          this.#onUp(city);
        }
        for (const hook of this.#hooks.onState) hook(city, state, why);
        if (state === 'down') city.inputs = 0;
      },
      onDiskDamage: (node, damage) => {
        const city = chronicle.city(node);
        if (city === undefined) return;
        for (const hook of this.#hooks.onDamage) hook(city);
        chronicle.noteDamage(city, damage);
        if (damage === 'replaced') city.knowsHeld = false;
      },
      onEnd: () => {
        for (const hook of this.#hooks.onEnd) hook();
      },
    };
  }

  /** A disk that came in from elsewhere: its city says where it stands. */
  #onUp(city: City): void {
    const { replica } = city.view;
    if (replica === undefined || city.floor.height > 0 || replica.finalizedHeight === 0) return;
    const height = replica.finalizedHeight;
    const digest = this.#chronicle.chain.digestAt(height) ?? '';
    city.floor = { height, view: this.#chronicle.chain.blockAt(height)?.view ?? 0, digest };
    city.executedHeight = replica.status().executedHeight;
  }

  #frameOf(effect: Effect): SeenFrame | undefined {
    if (effect.kind !== 'broadcast' && effect.kind !== 'send' && effect.kind !== 'publish') return undefined;
    return this.#chronicle.decoder.frame(effect.bytes);
  }

  #onCarriedOut(city: City, effect: Effect): void {
    const frame = this.#frameOf(effect);
    if (frame !== undefined) {
      for (const hook of this.#hooks.onSaid) hook(city, frame);
      return;
    }
    if (!isTold(effect)) return;
    if (effect.kind === 'joined') {
      city.joined = true;
      city.awakeUs = this.#chronicle.world.nowUs;
    }
    for (const hook of this.#hooks.onTold) hook(city, effect);
    if (effect.kind === 'finalized') city.toldFinal = Math.max(city.toldFinal, effect.height);
    if (effect.kind === 'checkpointed') city.provenHeight = Math.max(city.provenHeight, effect.height);
    if (effect.kind === 'sealed') city.toldSealed = Math.max(city.toldSealed, effect.first.sequence);
  }

  #onWrite(city: City, { key, value }: Write): void {
    if (value === undefined) return;
    const chronicle = this.#chronicle;
    const hooks = this.#hooks;
    switch (key[0]) {
      case TABLES.entries: {
        const digestStart = toHex(key.subarray(13, 21));
        const entry = chronicle.entries.stored(readU48(key, 1), readU48(key, 7), digestStart, value);
        if (entry === undefined) return;
        for (const hook of hooks.onEntry) hook(city, entry);
        city.held.add(entry.id);
        if (entry.lane === city.authority) city.sealedTip = Math.max(city.sealedTip, entry.sequence);
        return;
      }
      case TABLES.candidates: {
        const block = chronicle.decoder.block(value);
        if (block !== undefined) chronicle.noteBlock(block);
        return;
      }
      case TABLES.votes:
        this.#onVote(city, value);
        return;
      case TABLES.proposals: {
        const proposal = chronicle.decoder.proposal(value);
        if (proposal === undefined) return;
        chronicle.noteProposal(proposal);
        for (const hook of hooks.onProposal) hook(city, proposal.block);
        city.own(proposal.block.view).proposal = proposal.block.digest;
        return;
      }
      case TABLES.certificates:
      case TABLES.finalizations:
        this.#onCertificate(city, value);
        return;
      case TABLES.evidence:
        // The key of what epoch 0 proves ends there.
        city.evidence.add(`${readU48(key, 1)}:${EVIDENCE_TYPES[readU48(key, 7)]}:${readU48(key, 13)}`);
        return;
      case TABLES.blocks:
        this.#onFinal(city, value);
        return;
      case TABLES.executions: {
        const height = readU48(key, 1);
        for (const hook of hooks.onExecution) hook(city, height, value);
        chronicle.noteExecuted(city, height);
        return;
      }
      case TABLES.floor: {
        const height = readU48(value, 0);
        const view = epochView(chronicle.sets.epochOfHeight(height), readU48(value, 6));
        chronicle.noteFloor(city, { height, view, digest: toHex(value.subarray(12)) });
        return;
      }
      case TABLES.seals:
        this.#onSeal(city, readU48(key, 1), value);
        return;
      default:
        return;
    }
  }

  #onCertificate(city: City, value: Uint8Array): void {
    const certificate = this.#chronicle.decoder.certificate(value);
    if (certificate === undefined) return;
    for (const hook of this.#hooks.onCertificate) hook(city, certificate);
    this.#chronicle.noteCertificate(city, certificate);
  }

  /** C12: what made a seal final is on the disk with it. */
  #onSeal(city: City, height: number, value: Uint8Array): void {
    const proof = decodeStrict(SealProofSchema, value);
    if (!proof.ok || proof.value.finalization === undefined) return;
    this.#chronicle.noteSeal(height, value);
    this.#onCertificate(city, encodeMessage(QuorumCertificateSchema, proof.value.finalization));
  }

  #onVote(city: City, value: Uint8Array): void {
    const vote = this.#chronicle.decoder.vote(value);
    if (vote === undefined || vote.voter !== city.authority) return;
    const own = city.own(vote.statement.view);
    const { kind } = vote.statement;
    const before = kind === 1 ? own.notarize : kind === 2 ? own.nullify : own.finalize;
    for (const hook of this.#hooks.onVote) hook(city, vote.statement, before !== undefined);
    this.#chronicle.noteVote(city, vote.statement);
  }

  #onFinal(city: City, value: Uint8Array): void {
    const { chain, decoder } = this.#chronicle;
    const block = decoder.block(value);
    if (block === undefined) return;
    this.#chronicle.noteBlock(block);
    const first = chain.height < block.height;
    for (const hook of this.#hooks.onFinal) hook(city, block, first);
    this.#chronicle.noteFinal(block);
  }
}

const toldKinds = new Set([
  'sealed',
  'finalized',
  'executed',
  'checkpointed',
  'joined',
  'evidence',
  'misbehaved',
  'alarm',
]);

function isTold(effect: Effect): effect is Told {
  return toldKinds.has(effect.kind);
}

/** First byte of a frame: field 1 of the envelope, length-delimited. */
function isProposal(frame: Uint8Array): boolean {
  return frame[0] === 10;
}
