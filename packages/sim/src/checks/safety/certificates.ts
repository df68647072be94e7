import type { Authority } from '@hansa/protocol/genesis';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { type SeenCertificate, type SeenStatement, signersOf, VoteKind } from '../decode.ts';
import { short } from './agreement.ts';

/**
 * What faithful cities hold as certified: one notarized block a view (`one-notarization`), no final block in a nullified
 * view (`no-final-beside-null`), and behind each certificate a quorum that really said it (`valid-certificate`).
 */
export function certificates(chronicle: Chronicle): Check {
  const judged = new WeakSet<Uint8Array>();
  const proven = new Set<string>();

  return {
    onCertificate(city, certificate) {
      const { kind, view, block } = certificate.statement;
      if (view >= chronicle.prunedView) compare(chronicle, city, certificate.statement);
      if (judged.has(certificate.bytes)) return;
      judged.add(certificate.bytes);
      const fault = faultOf(chronicle, certificate, proven);
      if (fault === undefined) return;
      const message = `${city.name} holds a ${nounOf(kind)} of view ${view}${block === '' ? '' : ` for ${short(block)}`} ${fault}`;
      chronicle.report('valid-certificate', [city], message);
    },
    onSaid(city, frame) {
      if (frame.kind !== 'certificate') return;
      const { kind, view } = frame.certificate.statement;
      if (judged.has(frame.certificate.bytes)) return;
      judged.add(frame.certificate.bytes);
      const fault = faultOf(chronicle, frame.certificate, proven);
      if (fault !== undefined) {
        chronicle.report('valid-certificate', [city], `${city.name} sends a ${nounOf(kind)} of view ${view} ${fault}`);
      }
    },
  };
}

function compare(chronicle: Chronicle, city: City, { kind, view, block }: SeenStatement): void {
  const { notarized, nullified, finalized } = chronicle.factsOf(view);
  if (kind === VoteKind.NULLIFY) {
    if (finalized !== undefined) beside(chronicle, city, view);
    return;
  }
  for (const [noun, other] of [
    ['notarized', notarized],
    ['final', finalized],
  ] as const) {
    if (other === undefined || other === block) continue;
    const message = `in view ${view} block ${short(other)} is ${noun}, and ${city.name} holds a ${nounOf(kind)} of ${short(block)}`;
    chronicle.report('one-notarization', [city], message);
  }
  if (kind === VoteKind.FINALIZE && nullified === true) beside(chronicle, city, view);
}

function beside(chronicle: Chronicle, city: City, view: number): void {
  chronicle.report('no-final-beside-null', [city], `view ${view} is both finalized and nullified; ${city.name} saw it`);
}

/** Federations in which every single certificate is verified; in larger ones the first of each statement is. */
const FEW = 16;
const REMEMBERED_MAX = 4096;

/** What is wrong with a certificate; undefined: nothing. */
function faultOf(chronicle: Chronicle, certificate: SeenCertificate, proven: Set<string>): string | undefined {
  const { n } = chronicle;
  const { statement } = certificate;
  const set = chronicle.sets.at(statement.epoch);
  if (set === undefined) return `of epoch ${statement.epoch}, which nobody decided`;
  const { seats, voters, quorum } = set;
  const isNullify = statement.kind === VoteKind.NULLIFY;
  if (!isNullify && statement.kind !== VoteKind.NOTARIZE && statement.kind !== VoteKind.FINALIZE) return 'of no kind';
  if ((statement.block.length === 0) !== isNullify) return 'that names a block wrongly';
  const signers = signersOf(certificate.signers, seats.length);
  if (signers === undefined) return 'with a malformed list of signers';
  if (signers.length < quorum) return `with ${signers.length} signers, fewer than q = ${quorum}`;
  const voteless = signers.find((signer) => !voters.includes(signer));
  if (voteless !== undefined) return `with a signature of city ${voteless}, which has no vote`;
  // What honest signers said is known; the signatures decide for all others, whoever holds their keys.
  for (const signer of signers) {
    const isHonest = chronicle.trust.isHonest(signer);
    if (isHonest && chronicle.hasSaid(signer, statement) === false) return `that city ${signer} never said`;
  }
  const name = `${statement.kind}:${statement.view}:${statement.block}`;
  if (n > FEW && proven.has(name)) return undefined;
  if (!isProven(chronicle, certificate)) return 'whose signatures do not prove it';
  if (proven.size >= REMEMBERED_MAX) proven.clear();
  proven.add(name);
  return undefined;
}

/** Whether q authorities signed the statement of a certificate. */
export function isProven(chronicle: Chronicle, { statement, signers: bitmap, signature }: SeenCertificate): boolean {
  const { genesis, domains, crypto } = chronicle.world.federation;
  const set = chronicle.sets.at(statement.epoch);
  const signers = set === undefined ? [] : (signersOf(bitmap, set.seats.length) ?? []);
  if (set === undefined || signers.length < set.quorum) return false;
  if (!signers.every((signer) => set.voters.includes(signer))) return false;
  const voters = signers.map((signer) => set.seats[signer] as Authority);
  const message = domains.message('vote', statement.bytes);
  if (genesis.voteScheme === 'ed25519') {
    return provesEach(signature, voters.length, (part, place) =>
      crypto.ed25519.verify(part, message, (voters[place] as Authority).laneKey),
    );
  }
  const keys = voters.map(({ voteKey }) => voteKey);
  return crypto.bls.verifyAggregate(signature, message, keys);
}

const SIGNATURE_BYTES = 64;

function provesEach(
  proof: Uint8Array,
  count: number,
  verify: (signature: Uint8Array, place: number) => boolean,
): boolean {
  if (proof.length !== count * SIGNATURE_BYTES) return false;
  for (let place = 0; place < count; place++) {
    if (!verify(proof.slice(place * SIGNATURE_BYTES, (place + 1) * SIGNATURE_BYTES), place)) return false;
  }
  return true;
}

export function nounOf(kind: VoteKind): string {
  if (kind === VoteKind.NOTARIZE) return 'notarization';
  return kind === VoteKind.NULLIFY ? 'nullification' : 'finalization';
}

export function verbOf(kind: VoteKind): string {
  if (kind === VoteKind.NOTARIZE) return 'Notarize';
  return kind === VoteKind.NULLIFY ? 'Nullify' : 'Finalize';
}
