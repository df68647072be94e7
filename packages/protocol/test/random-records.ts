import { create, type MessageInitShape } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { utf8 } from '../src/bytes.ts';
import { portableCrypto } from '../src/crypto/index.ts';
import { encodeAccessBatch, encodeAccessErased, encodeCertificateUse } from '../src/families/index.ts';
import {
  type ConsentGrantSchema,
  ConsentMode,
  ConsentPurpose,
  DisputeState,
  ErasureReason,
  LiftReason,
  type Severity,
} from '../src/gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../src/gen/hansa/v1/record_pb.ts';
import { type RecordLocation, toRecordRef } from '../src/records/index.ts';
import type { ConsentMaker } from './consent-fixture.ts';
import { type LedgerDriver, noonOf, type RecordMaker, TODAY } from './ledger-fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Choices that become records about few people, few certificates and few earlier places, so that random streams meet:
 * valid and invalid, first and second, own and others'.
 */
export interface RecordChoice {
  readonly act: number;
  readonly lane: number;
  readonly who: number;
  readonly place: number;
  readonly twist: number;
}

export interface BlockChoice {
  readonly records: readonly RecordChoice[];
  readonly daysLater: number;
}

const choice: fc.Arbitrary<RecordChoice> = fc.record({
  act: fc.integer({ min: 0, max: 19 }),
  lane: fc.integer({ min: 0, max: 3 }),
  who: fc.integer({ min: 0, max: 7 }),
  place: fc.integer({ min: 0, max: 5 }),
  twist: fc.integer({ min: 0, max: 7 }),
});

export const blockChoices: fc.Arbitrary<BlockChoice[]> = fc.array(
  fc.record({
    records: fc.array(choice, { maxLength: 12, size: 'max' }),
    daysLater: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 6),
  }),
  { maxLength: 14, size: 'max' },
);

/** A ledger's life by the choices: later records are about the listings that earlier ones made. */
export function runBlocks(
  driver: LedgerDriver,
  maker: RecordMaker,
  consents: ConsentMaker,
  blocks: readonly BlockChoice[],
): RunSummary {
  const listings: KnownListing[] = [];
  const records: Uint8Array[] = [];
  const choices: RecordChoice[] = [];
  let today = TODAY;
  for (const block of blocks) {
    today += block.daysLater;
    // L1: as one block's entries, ascending by lane.
    const sorted = [...block.records].sort((a, b) => a.lane - b.lane);
    const lanes: Record<number, Uint8Array[]> = {};
    for (const made of sorted) {
      const record = recordOf(maker, consents, made, listings);
      records.push(record);
      lanes[made.lane] = [...(lanes[made.lane] ?? []), record];
    }
    const { outcomes } = driver.block(lanes, today);
    outcomes.forEach(({ family, type, rejected, location }, index) => {
      if (family === 1 && type === 1 && rejected === undefined) {
        listings.push({ person: `person ${sorted[index]?.who}`, location });
      }
    });
    choices.push(...sorted);
  }
  return { today, records, choices };
}

export interface RunSummary {
  readonly today: number;
  /** All records in the order of execution, and the choices they came from. */
  readonly records: readonly Uint8Array[];
  readonly choices: readonly RecordChoice[];
}

interface KnownListing {
  readonly person: string;
  readonly location: RecordLocation;
}

function recordOf(
  maker: RecordMaker,
  consents: ConsentMaker,
  made: RecordChoice,
  listings: readonly KnownListing[],
): Uint8Array {
  const { act, who, place, twist } = made;
  const code = `code ${who}`;
  // Consents are about few certificates, so that they are granted, used and withdrawn.
  const held = `held ${who % 2}`;
  // Mostly one of the newest listings; now and then one that never was.
  const target = place < 5 ? listings[listings.length - 1 - place] : undefined;
  const person = target?.person ?? `person ${who}`;
  const listing = target?.location ?? { lane: 1, sequence: 999, position: 0 };
  switch (act) {
    case 0:
    case 1:
      return maker.list(`person ${who}`, { severity: ((twist % 3) + 1) as Severity, publishUntil: 0 });
    case 2:
      return maker.list(`person ${who}`, { publishUntil: 0, shareUntil: TODAY + twist, restrictUntil: TODAY + 6 });
    case 3:
      return maker.amend(person, listing, { severity: ((twist % 3) + 1) as Severity, shareUntil: TODAY + 10 * twist });
    case 4:
      return maker.dispute(person, listing, twist < 5 ? DisputeState.OPEN : DisputeState.CLOSED);
    case 5:
      return maker.lift(person, listing, { reason: LiftReason.VOID });
    case 6:
      return maker.issue(code, { addressedTo: twist % 3, validUntil: TODAY + 10 + twist });
    case 7:
      return twist < 4
        ? maker.issue(code, { addressedTo: twist % 3, validUntil: TODAY + 10 + twist })
        : maker.issue(held, { holderKey: consents.holderKey(held) });
    case 8:
      return maker.supersede(code, `code ${(who + 1) % 8}`);
    case 9:
      return maker.revoke(code);
    case 10:
      return maker.use(code);
    case 11:
      return maker.record(1 + twist, place, utf8('x'), { requestId: new Uint8Array(16).fill(who) });
    case 12:
      return maker.record(2, 4, encodeUse(maker, code), { requestId: new Uint8Array(16).fill(1 + (twist % 2)) });
    case 13:
    case 14:
      return consents.grant(twist === 0 ? code : held, grantOf(made), { name: place < 5 ? held : 'mallory' });
    case 15:
      return consents.withdraw(held, { name: twist < 4 ? held : 'mallory' });
    case 16:
    case 17:
      return consents.use(held, twist < 6 ? {} : { purpose: ConsentPurpose.TRANSFER });
    case 18:
      if (twist < 4) return maker.record(4, 1, batchOf(made));
      // The same acknowledgement again, by another request or by the same one.
      return maker.record(
        4,
        2,
        erasureOf(maker, twist === 4 ? listing : { lane: 1, sequence: 999, position: 0 }),
        twist > 5 ? { requestId: new Uint8Array(16) } : {},
      );
    default:
      return utf8(`no record ${place}`);
  }
}

/** One use, two, a time that is over, runs or is to come, or bounds that no consent has. */
function grantOf({ who, twist }: RecordChoice): MessageInitShape<typeof ConsentGrantSchema> {
  const grantee = 1 + (who % 2);
  if (twist < 5) return { grantee, maxUses: 1 + (twist % 2) };
  if (twist === 7) return { grantee, maxUses: 0 };
  const fromMs = noonOf(TODAY) + (twist - 6) * DAY_MS;
  const time = { fromMs: BigInt(fromMs), toMs: BigInt(fromMs + DAY_MS / 2) };
  return { grantee, mode: ConsentMode.TIME, maxUses: 0, ...time };
}

/** Periods that follow each other on a lane now and then, and begin with the federation or not. */
function batchOf({ place, twist }: RecordChoice): Uint8Array {
  const startMs = noonOf(TODAY) - DAY_MS - 5 * HOUR_MS;
  const root = portableCrypto.sha256(twist % 2 === 0 ? new Uint8Array(0) : utf8('a receipt'));
  const [fromMs, toMs] = [startMs + place * HOUR_MS, startMs + (place + 1) * HOUR_MS];
  return encodeAccessBatch({ fromMs: BigInt(fromMs), toMs: BigInt(toMs), root, count: twist % 2 });
}

function erasureOf(maker: RecordMaker, record: RecordLocation): Uint8Array {
  const reference = create(RecordRefSchema, toRecordRef(record));
  const commitment = maker.commitment('erased');
  return encodeAccessErased({ record: reference, commitment, reason: ErasureReason.LIFTED });
}

/** A use whose request may have been applied before. */
function encodeUse(maker: RecordMaker, code: string): Uint8Array {
  return encodeCertificateUse({
    certificateId: maker.id(code),
    commitment: maker.commitment('loan'),
    handler: maker.officer('loans'),
  });
}
