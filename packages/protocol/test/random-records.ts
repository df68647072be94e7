import fc from 'fast-check';
import { utf8 } from '../src/bytes.ts';
import { encodeCertificateUse } from '../src/families/index.ts';
import { DisputeState, LiftReason, Severity } from '../src/gen/hansa/v1/families_pb.ts';
import type { RecordLocation } from '../src/records/index.ts';
import { type LedgerDriver, type RecordMaker, TODAY } from './ledger-fixture.ts';

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
  act: fc.integer({ min: 0, max: 13 }),
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
export function runBlocks(driver: LedgerDriver, maker: RecordMaker, blocks: readonly BlockChoice[]): RunSummary {
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
      const record = recordOf(maker, made, listings);
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

function recordOf(maker: RecordMaker, made: RecordChoice, listings: readonly KnownListing[]): Uint8Array {
  const { act, who, place, twist } = made;
  const code = `code ${who}`;
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
      return maker.amend(person, listing, { severity: Severity.SERIOUS, shareUntil: TODAY + 10 * twist });
    case 4:
      return maker.dispute(person, listing, twist < 5 ? DisputeState.OPEN : DisputeState.CLOSED);
    case 5:
      return maker.lift(person, listing, { reason: LiftReason.VOID });
    case 6:
    case 7:
      return maker.issue(code, { addressedTo: twist % 3, validUntil: TODAY + 10 + twist });
    case 8:
      return maker.supersede(code, `code ${(who + 1) % 8}`);
    case 9:
      return maker.revoke(code);
    case 10:
      return maker.use(code);
    case 11:
      return maker.record(1 + twist, place, utf8('x'), { requestId: new Uint8Array(16).fill(who) });
    case 12:
      return maker.record(2, 4, encodeUse(maker, code), { requestId: new Uint8Array(16).fill(twist + 1) });
    default:
      return utf8(`no record ${place}`);
  }
}

/** A use whose request may have been applied before. */
function encodeUse(maker: RecordMaker, code: string): Uint8Array {
  return encodeCertificateUse({
    certificateId: maker.id(code),
    commitment: maker.commitment('loan'),
    handler: maker.officer('loans'),
  });
}
