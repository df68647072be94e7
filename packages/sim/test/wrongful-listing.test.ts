import {
  BLACKLIST_FAMILY,
  blacklistFactKey,
  blacklistTypes,
  encodeBlacklistDispute,
  encodeBlacklistLift,
  encodeBlacklistList,
  LiftReason,
  legalDay,
  liveListings,
  readBlacklistFact,
} from '@hansa/protocol/families';
import { encodeRecord, type RecordLocation, toRecordRef } from '@hansa/protocol/records';
import { expect, it } from 'vitest';
import type { SimWorld } from '../src/world/sim-world.ts';
import { play, shipped } from './shipped.ts';

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const subjectTag = bytes(32, 77);
/** `DisputeState`. */
const OPEN = 1;
const officers = { handler: bytes(16, 1), approver: bytes(16, 2) };

/** What happens to the person: who does it, and what every other city must come to answer. */
interface Step {
  readonly by: number;
  readonly answers: 'listed' | 'disputed' | 'nothing';
  record(today: number, listing: RecordLocation): Uint8Array;
}

const record = (type: number, body: Uint8Array) =>
  encodeRecord({ family: BLACKLIST_FAMILY, type, requestId: bytes(16, 100 + type), body });

const steps: readonly Step[] = [
  {
    by: 0,
    answers: 'listed',
    record: (today) =>
      record(
        blacklistTypes.list,
        encodeBlacklistList({
          ...{ subjectTag, severity: 3, noticeDate: today - 60, objectionUntil: today - 45, decidedOn: today - 30 },
          ...{ effectiveFrom: today, restrictUntil: today + 300, ...officers, commitment: bytes(32, 3) },
          catalogueRef: 'fund-2025-07',
        }),
      ),
  },
  {
    by: 1,
    answers: 'disputed',
    record: (_today, listing) =>
      record(
        blacklistTypes.dispute,
        encodeBlacklistDispute({
          ...{ subjectTag, listing: toRecordRef(listing), state: OPEN },
          ...{ handler: bytes(16, 4), commitment: bytes(32, 5) },
        }),
      ),
  },
  {
    by: 0,
    answers: 'nothing',
    record: (_today, listing) =>
      record(
        blacklistTypes.lift,
        encodeBlacklistLift({ subjectTag, listing: toRecordRef(listing), reason: LiftReason.VOID, ...officers }),
      ),
  },
];

const today = (world: SimWorld) =>
  legalDay(world.startMs + world.nowUs / 1000, world.federation.genesis.utcOffsetMinutes);

/** What a clerk in that city is told of the person now. */
function answerAt(world: SimWorld, node: number): Step['answers'] | undefined {
  const ledger = world.nodes[node]?.replica?.ledger;
  if (ledger === undefined) return undefined;
  const value = ledger.fact(blacklistFactKey(world.federation.domains, subjectTag));
  const [listing] = liveListings(value === undefined ? undefined : readBlacklistFact(value), today(world));
  if (listing === undefined) return 'nothing';
  return listing.disputed ? 'disputed' : 'listed';
}

/** DOMAIN: a dispute shows with every hit within 60 s. A tenth of all messages is lost here, from one end of the country to the other. */
it('a wrongful listing: in every city its dispute shows, and its lift silences it, with the block that makes it final, in less than 60 s (L1, L4)', async () => {
  const told: { readonly step: number; readonly node: number; readonly afterUs: number; readonly height: number }[] =
    [];
  const { world, result } = await play(shipped('lossy-winter'), (running) => {
    let [step, saidUs, submission] = [-1, 0, -1];
    let listing: RecordLocation = { lane: 0, sequence: 0, position: 0 };
    const next = () => {
      step += 1;
      const doing = steps[step];
      if (doing === undefined) return;
      saidUs = running.nowUs;
      submission = running.submit(doing.by, [doing.record(today(running), listing)]) ?? -1;
      expect(submission).toBeGreaterThanOrEqual(0);
    };
    running.at(20e6, next);
    return [
      {
        onCarriedOut: (node, effect) => {
          const doing = steps[step];
          if (doing === undefined) return;
          const isListed = step === 0 && effect.kind === 'sealed' && node === doing.by && effect.id === submission;
          if (isListed) listing = effect.first;
          if (effect.kind !== 'executed') return;
          if (answerAt(running, node) !== doing.answers) return;
          if (told.some((each) => each.step === step && each.node === node)) return;
          told.push({ step, node, afterUs: running.nowUs - saidUs, height: effect.height });
          // Not within the turn of a city.
          if (told.filter((each) => each.step === step).length === running.nodes.length)
            running.at(running.nowUs + 1, next);
        },
      },
    ];
  });
  expect(result.verdict).toBe('passed');
  for (const [step, { answers }] of steps.entries()) {
    const those = told.filter((each) => each.step === step);
    expect(those, answers).toHaveLength(world.nodes.length);
    // One block makes it so everywhere: no city answers otherwise at the height that has it.
    expect(new Set(those.map(({ height }) => height)).size, answers).toBe(1);
    expect(Math.max(...those.map(({ afterUs }) => afterUs)), answers).toBeLessThan(60e6);
  }
});
