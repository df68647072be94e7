import { concatBytes } from '@hansa/protocol';
import { type CarriedBlock, type LaneAdvance, VoteKind } from '@hansa/protocol/consensus';
import { BLACKLIST_FAMILY, blacklistTypes, legalDay } from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import { ListingFactory } from '../workload/listings.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { forgedVote } from './forgery.ts';
import { flag, number } from './options.ts';
import { plotting } from './plot.ts';
import { honestNodes, inventedBlock, tell, trueMs } from './saying.ts';
import { evidenceFrame, evidenceRecord } from './speech.ts';

/** Entries as large as they may be: together as much as one block may add. */
const GLUT_ENTRIES = 4;
const GLUT_RECORDS = 128;
const RECORD_BYTES_MAX = 8192;

export const outlaw = defineStrategy(
  {
    name: 'outlaw',
    does: 'Writes its lane by hand: accuses honest cities falsely, twice in an entry, then forks the lane, which convicts it, or convicts itself, and goes on writing as if nothing had happened. Blocks of its own name its newest entry, whatever they cost.',
    attacks: 'C3 C10 R4 R5 L1',
    seenBy: ['quarantine', 'evidence-true', 'evidence-once', 'valid-proposal', 'valid-vote'],
    proof: 'lane-fork',
    options: {
      pace: number({ from: 1, to: 64, whole: true }, 2, 'Views from one entry to the next.'),
      confesses: flag(false, 'Instead of forking it convicts itself, in the midst of an entry.'),
      glut: flag(false, 'Its first entries have as many bytes as one block may add at most.'),
    },
  },
  (city, { pace, confesses, glut }) => {
    const { coordinator, authority } = city;
    const lane = new HandmadeLane(city);
    const plot = plotting(city, {
      votes: false,
      invent: (block) => {
        const frame = coordinator.voice.proposal(block.bytes, { advances: withOwnTip(block, lane.tip) });
        return frame === undefined ? undefined : [frame, frame];
      },
    });
    let views = 0;
    let deeds = 0;
    return {
      onView() {
        if (views++ % pace !== 0) return;
        if (deeds === 0 && glut) for (let more = 0; more < GLUT_ENTRIES; more++) lane.write(gluttonous(city));
        else if (deeds === 1) lane.write(accusations(city));
        else if (deeds === 2 && confesses) lane.write([lane.listing(), ownOffence(city), lane.listing()]);
        else if (deeds === 2) lane.fork();
        else lane.write([lane.listing()]);
        deeds += 1;
      },
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind === 'entry' && speech.entry.header.lane === authority) return [];
        return plot.onSend(city, message);
      },
    };
  },
);

/** The lane of a city without its replica. */
class HandmadeLane {
  tip: LaneAdvance | undefined;
  readonly #city: Corrupted;
  readonly #listings: ListingFactory;

  constructor(city: Corrupted) {
    this.#city = city;
    this.#listings = new ListingFactory({ random: city.random, bytes: 300 });
  }

  listing(): Uint8Array {
    const { coordinator } = this.#city;
    return this.#listings.next(legalDay(trueMs(coordinator), coordinator.world.federation.genesis.utcOffsetMinutes));
  }

  write(records: readonly Uint8Array[]): void {
    const { frame, digest } = this.#seal(records, 0);
    this.tip = { lane: this.#city.authority, sequence: (this.tip?.sequence ?? 0) + 1, digest };
    this.#say(frame);
  }

  /** Two entries at one place; it goes on from the first. */
  fork(): void {
    const { frame } = this.#seal([this.listing()], 1);
    this.write([this.listing()]);
    this.#say(frame);
  }

  #seal(records: readonly Uint8Array[], shiftMs: number) {
    const { coordinator, authority } = this.#city;
    const place = { lane: authority, previous: this.tip, createdAtMs: trueMs(coordinator) + shiftMs };
    return coordinator.voice.entry(place, records);
  }

  #say(frame: Uint8Array): void {
    tell(this.#city, honestNodes(this.#city), 'entries', frame);
  }
}

/** The advances of a block, with its own lane moved to the newest handmade entry. */
function withOwnTip({ advances }: CarriedBlock, tip: LaneAdvance | undefined): readonly LaneAdvance[] {
  if (tip === undefined) return advances;
  const others = advances.filter(({ lane }) => lane !== tip.lane);
  return [...others, tip].sort((a, b) => a.lane - b.lane);
}

/** Two votes that contradict each other in the name of an honest city, which signed neither; two such records. */
function accusations(city: Corrupted): Uint8Array[] {
  const { coordinator, random } = city;
  const { honest, knowledge } = coordinator;
  return [0, 1].flatMap((shift) => {
    const victim = random.pick(honest);
    const forged = (block: number) =>
      forgedVote(city, victim, VoteKind.NOTARIZE, knowledge.newestView, inventedBlock(coordinator, block));
    const frame = evidenceFrame(forged(shift), forged(shift + 2));
    return frame === undefined ? [] : [evidenceRecord(frame, random.bytes(16))];
  });
}

/** Two votes of its own that contradict each other, said to nobody. */
function ownOffence({ authority, coordinator, random }: Corrupted): Uint8Array {
  const { voice } = coordinator;
  const [first, second] = [1, 2].map((block) =>
    voice.vote(authority, VoteKind.NOTARIZE, 1, inventedBlock(coordinator, block)),
  );
  const frame = first && second && evidenceFrame(first, second);
  if (frame === undefined) throw new Error('two votes make evidence');
  return evidenceRecord(frame, random.bytes(16));
}

/** As many bytes as an entry takes, of records that cannot be read. */
function gluttonous({ random }: Corrupted): Uint8Array[] {
  const record = (bodyBytes: number) => {
    const body = concatBytes(random.bytes(8), new Uint8Array(bodyBytes - 8));
    return encodeRecord({ family: BLACKLIST_FAMILY, type: blacklistTypes.list, requestId: random.bytes(16), body });
  };
  // From 128 bytes to 16 kB the length of a body takes two bytes.
  const framing = record(1024).length - 1024;
  return Array.from({ length: GLUT_RECORDS }, () => record(RECORD_BYTES_MAX - framing));
}
