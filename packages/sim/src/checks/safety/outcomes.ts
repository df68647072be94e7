import { decodeStrict, EvidenceSchema } from '@hansa/protocol/wire';
import { accusationOf } from '../accusation.ts';
import type { Check, Told } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { KnownEntry, NotableRecord } from '../entry-book.ts';

/**
 * What came of records, in the agreed order. A certificate is used by one city, whatever others tried (`one-winner`).
 * Evidence proves something against somebody who is guilty (`evidence-true`), a city keeps one of a kind
 * (`evidence-once`), and from the first on that the ledger accepts, nothing of the accused has an effect (`quarantine`).
 * What a city keeps it puts on its lane in a short time, and the ledger believes it (`evidence-reported`).
 */
export function outcomes(chronicle: Chronicle): Check {
  const { trust } = chronicle;
  const winners = new Map<string, string>();
  /** Uses that were refused because another one came first, of certificates without a winner. */
  const losers = new Map<string, City>();
  const quarantined = new Map<number, string>();
  const reported = new Set<string>();
  const reports = reporting(chronicle, (authority) => quarantined.has(authority));
  let frontier = 0;
  let epoch = 0;

  /** Undefined, and a violation, when it proves nothing or names somebody honest. */
  const accused = (city: City, evidence: Parameters<typeof accusationOf>[1], where: string): number | undefined => {
    const accusation = accusationOf(chronicle, evidence);
    if (typeof accusation === 'string') {
      chronicle.report('evidence-true', [city], `${where} proves nothing: ${accusation}`);
      return undefined;
    }
    if (!trust.mayBeGuilty(accusation.accused)) {
      const message = `${where} accuses ${nameOf(chronicle, accusation.accused)} of ${accusation.type}, which is honest`;
      chronicle.report('evidence-true', [city], message);
    }
    return accusation.accused;
  };

  const judge = (city: City, record: NotableRecord, rejected: string | undefined, place: string) => {
    if (record.kind === 'use') {
      const { certificate } = record;
      const winner = winners.get(certificate);
      if (rejected !== undefined) {
        if (rejected === 'CERTIFICATE_USED' && winner === undefined) losers.set(certificate, city);
        return;
      }
      if (winner !== undefined) {
        const message = `certificate ${certificate} is used at ${winner} and again at ${place}`;
        chronicle.report('one-winner', [city], message);
      }
      winners.set(certificate, place);
      return;
    }
    if (record.kind !== 'evidence') return;
    if (rejected !== undefined) {
      if (!KNOWN_ALREADY.has(rejected)) reports.disbelieved(city, record.evidence, rejected, place);
      return;
    }
    const guilty = accused(city, record.evidence, `the evidence that was accepted at ${place}`);
    if (guilty === undefined) return;
    const before = quarantined.get(guilty);
    if (before !== undefined) {
      const message = `${nameOf(chronicle, guilty)} is quarantined at ${before} and once more at ${place}`;
      chronicle.report('quarantine', [city], message);
    }
    quarantined.set(guilty, place);
  };

  /** C12: whoever more than two thirds gave new keys is heard again. */
  const pardon = (height: number) => {
    for (; epoch < chronicle.sets.epochOfHeight(height); epoch++) {
      const decision = chronicle.sets.decisionOf(epoch);
      if (decision?.givesKeys === true) quarantined.delete(decision.subject);
    }
  };

  const onExecuted = (city: City, effect: Extract<Told, { kind: 'executed' }>) => {
    if (effect.height !== frontier + 1) return;
    frontier = effect.height;
    pardon(effect.height);
    const notable = new Map<string, NotableRecord>();
    for (const entry of chronicle.finalEntries(effect.height) ?? []) {
      for (const record of entry.notable) notable.set(`${entry.lane}/${entry.sequence}/${record.position}`, record);
    }
    if (notable.size === 0 && quarantined.size === 0) return;
    const looked = new Set<number>();
    for (const { location, rejected } of effect.outcomes) {
      const { lane, sequence, position } = location;
      const place = `${lane}/${sequence}/${position}`;
      const since = quarantined.get(lane);
      if (since !== undefined && rejected === undefined) {
        const message = `${place} has an effect although its author is quarantined since ${since}`;
        chronicle.report('quarantine', [city], message);
      }
      if (rejected === 'EVIDENCE_SIGNATURE_INVALID') {
        const message = `${place} is looked at, although the block has false evidence of its author already`;
        if (looked.has(lane)) chronicle.report('evidence-once', [city], message);
        looked.add(lane);
      }
      const record = notable.get(place);
      if (record !== undefined) judge(city, record, rejected, place);
    }
  };

  return {
    onEntry(city, entry) {
      reports.onEntry(city, entry);
    },
    onTold(city, effect) {
      if (effect.kind === 'executed') onExecuted(city, effect);
      if (effect.kind !== 'evidence') return;
      const evidence = decodeStrict(EvidenceSchema, effect.bytes, effect.bytes.length);
      const proves = evidence.ok ? accusationOf(chronicle, evidence.value) : '';
      // C12: one of a kind in each epoch, whichever the city is in once it has told of it.
      const epoch = typeof proves === 'string' ? 0 : proves.epoch;
      const key = `${city.node}:${city.view.life}:${epoch}:${effect.accused}:${effect.type}`;
      if (reported.has(key)) {
        const message = `${city.name} keeps evidence of ${effect.type} against ${nameOf(chronicle, effect.accused)} twice`;
        chronicle.report('evidence-once', [city], message);
      }
      reported.add(key);
      reports.owe(city, effect.accused, epoch);
      if (evidence.ok) accused(city, evidence.value, `evidence that ${city.name} keeps`);
    },
    onEnd() {
      for (const [certificate, city] of losers) {
        if (winners.has(certificate)) continue;
        chronicle.report('one-winner', [city], `certificate ${certificate} was refused as used, and nobody used it`);
      }
      for (const city of chronicle.cities()) heldAtTheEnd(chronicle, city, accused);
      reports.onEnd();
    },
  };
}

/** Why true evidence has no effect: somebody said it first, or its author is quarantined, or wasted its turn in this block. */
const KNOWN_ALREADY = new Set([
  'EVIDENCE_KNOWN',
  'REQUEST_ALREADY_APPLIED',
  'AUTHORITY_QUARANTINED',
  'EVIDENCE_NOT_CHECKED',
  'WRONG_EPOCH',
]);

/** C10: evidence that is kept goes onto the lane of who keeps it, and has an effect there. */
function reporting(chronicle: Chronicle, isQuarantined: (authority: number) => boolean) {
  const { world, trust } = chronicle;
  const { deltaMs, resendMs, idleIntervalMs } = world.federation.genesis.parameters;
  /** A lane that is full has room again once something is final. */
  const dueUs = (3 * deltaMs + idleIntervalMs + 2 * resendMs) * 1000;
  /** By city and accused: since when the city keeps evidence that is not on its lane, and of which epoch. */
  const owed = new Map<City, Map<number, { readonly sinceUs: number; readonly epoch: number }>>();
  return {
    owe(city: City, accused: number, epoch: number) {
      if (city.authority === undefined || isQuarantined(accused)) return;
      const mine = owed.get(city) ?? new Map<number, { sinceUs: number; epoch: number }>();
      owed.set(city, mine);
      if (mine.get(accused)?.epoch !== epoch) mine.set(accused, { sinceUs: world.nowUs, epoch });
    },
    onEntry(city: City, { lane, notable }: KnownEntry) {
      const mine = owed.get(city);
      if (lane !== city.authority || mine === undefined) return;
      for (const record of notable) {
        if (record.kind !== 'evidence') continue;
        const accusation = accusationOf(chronicle, record.evidence);
        if (typeof accusation !== 'string') mine.delete(accusation.accused);
      }
    },
    /** Evidence that was executed without effect. */
    disbelieved(city: City, evidence: Parameters<typeof accusationOf>[1], code: string, place: string) {
      const accusation = accusationOf(chronicle, evidence);
      if (typeof accusation === 'string') return;
      const message = `the evidence at ${place} proves ${accusation.type} of ${nameOf(chronicle, accusation.accused)}, and is rejected: ${code}`;
      chronicle.report('evidence-reported', [city], message);
    },
    onEnd() {
      for (const [city, mine] of owed) {
        const isBound = trust.isHonest(city.node) && trust.wasNeverDamaged(city.node) && city.haltedBy === undefined;
        if (!isBound || !city.isUp || !city.joined || isQuarantined(city.authority as number)) continue;
        if (!chronicle.sets.current.voters.includes(city.authority as number)) continue;
        for (const [accused, { sinceUs, epoch }] of mine) {
          // C12: what another epoch knows is not held against the present set.
          if (epoch !== chronicle.epochOf(city)) continue;
          if (isQuarantined(accused) || world.nowUs - Math.max(sinceUs, city.awakeUs) <= dueUs) continue;
          const message = `${city.name} keeps evidence against ${nameOf(chronicle, accused)} since ${(sinceUs / 1e6).toFixed(2)} s, and has not put it on its lane`;
          chronicle.report('evidence-reported', [city], message);
        }
      }
    },
  };
}

/** What a city shows as evidence, also from before its last start. */
function heldAtTheEnd(
  chronicle: Chronicle,
  city: City,
  accused: (city: City, evidence: Parameters<typeof accusationOf>[1], where: string) => number | undefined,
): void {
  for (const { bytes } of city.view.replica?.evidence() ?? []) {
    const evidence = decodeStrict(EvidenceSchema, bytes, bytes.length);
    if (evidence.ok) accused(city, evidence.value, `evidence that ${city.name} shows`);
    else chronicle.report('evidence-true', [city], `${city.name} shows evidence that cannot be read`);
  }
}

function nameOf(chronicle: Chronicle, authority: number): string {
  return chronicle.world.nodes[authority]?.name ?? `authority ${authority}`;
}
