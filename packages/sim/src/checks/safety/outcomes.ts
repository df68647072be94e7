import { decodeStrict, EvidenceSchema } from '@hansa/protocol/wire';
import { accusationOf } from '../accusation.ts';
import type { Check, Told } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { NotableRecord } from '../entry-book.ts';

/**
 * What came of records, in the agreed order. A certificate is used by one city, whatever others tried (`one-winner`).
 * Evidence proves something against somebody who is guilty (`evidence-true`), a city keeps one of a kind
 * (`evidence-once`), and from the first on that the ledger accepts, nothing of the accused has an effect (`quarantine`).
 */
export function outcomes(chronicle: Chronicle): Check {
  const { world, trust, decoder } = chronicle;
  const winners = new Map<string, string>();
  /** Uses that were refused because another one came first, of certificates without a winner. */
  const losers = new Map<string, City>();
  const quarantined = new Map<number, string>();
  const reported = new Set<string>();
  let frontier = 0;

  /** Undefined, and a violation, when it proves nothing or names somebody honest. */
  const accused = (city: City, evidence: Parameters<typeof accusationOf>[2], where: string): number | undefined => {
    const accusation = accusationOf(world.federation, decoder, evidence);
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
    if (rejected !== undefined) return;
    const guilty = accused(city, record.evidence, `the evidence that was accepted at ${place}`);
    if (guilty === undefined) return;
    const before = quarantined.get(guilty);
    if (before !== undefined) {
      const message = `${nameOf(chronicle, guilty)} is quarantined at ${before} and once more at ${place}`;
      chronicle.report('quarantine', [city], message);
    }
    quarantined.set(guilty, place);
  };

  const onExecuted = (city: City, effect: Extract<Told, { kind: 'executed' }>) => {
    if (effect.height !== frontier + 1) return;
    frontier = effect.height;
    const notable = new Map<string, NotableRecord>();
    for (const entry of chronicle.finalEntries(effect.height) ?? []) {
      for (const record of entry.notable) notable.set(`${entry.lane}/${entry.sequence}/${record.position}`, record);
    }
    if (notable.size === 0 && quarantined.size === 0) return;
    for (const { location, rejected } of effect.outcomes) {
      const { lane, sequence, position } = location;
      const place = `${lane}/${sequence}/${position}`;
      const since = quarantined.get(lane);
      if (since !== undefined && rejected === undefined) {
        const message = `${place} has an effect although its author is quarantined since ${since}`;
        chronicle.report('quarantine', [city], message);
      }
      const record = notable.get(place);
      if (record !== undefined) judge(city, record, rejected, place);
    }
  };

  return {
    onTold(city, effect) {
      if (effect.kind === 'executed') onExecuted(city, effect);
      if (effect.kind !== 'evidence') return;
      const key = `${city.node}:${city.view.life}:${effect.accused}:${effect.type}`;
      if (reported.has(key)) {
        const message = `${city.name} keeps evidence of ${effect.type} against ${nameOf(chronicle, effect.accused)} twice`;
        chronicle.report('evidence-once', [city], message);
      }
      reported.add(key);
      const evidence = decodeStrict(EvidenceSchema, effect.bytes, effect.bytes.length);
      if (evidence.ok) accused(city, evidence.value, `evidence that ${city.name} keeps`);
    },
    onEnd() {
      for (const [certificate, city] of losers) {
        if (winners.has(certificate)) continue;
        chronicle.report('one-winner', [city], `certificate ${certificate} was refused as used, and nobody used it`);
      }
      for (const city of chronicle.cities()) heldAtTheEnd(chronicle, city, accused);
    },
  };
}

/** What a city shows as evidence, also from before its last start. */
function heldAtTheEnd(
  chronicle: Chronicle,
  city: City,
  accused: (city: City, evidence: Parameters<typeof accusationOf>[2], where: string) => number | undefined,
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
