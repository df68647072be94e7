import { describe, expect, it } from 'vitest';
import { fixtureGenesis } from '../../test/ledger-fixture.ts';
import { concatBytes, fromHex, toHex, u32be, utf8 } from '../bytes.ts';
import { portableCrypto as crypto, Domains } from '../crypto/index.ts';
import { limits } from '../limits.ts';
import {
  type ActorSignature,
  actorMessage,
  actorMessages,
  checkActors,
  countActors,
  decodeRecord,
  encodeRecord,
  formatLocation,
  fromRecordRef,
  parseLocation,
  recordId,
  requestKey,
  signAsActor,
} from './index.ts';

const federationId = crypto.sha256(utf8('one'));
const domains = new Domains(crypto, federationId);
const requestId = new Uint8Array(16).fill(7);
const draft = { family: 1, type: 2, requestId, body: utf8('body') };
const secret = new Uint8Array(32).fill(3);

function codeOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeRecord(bytes);
  return decoded.ok ? undefined : decoded.error.code;
}

describe('records (R2)', () => {
  it('decode to what was encoded, actors included', () => {
    const actors = [signAsActor(crypto, domains, draft, secret)];
    const decoded = decodeRecord(encodeRecord({ ...draft, actors }));
    expect(decoded.ok && decoded.value).toMatchObject({ ...draft, actors });
  });

  it('are refused with a field of a wrong size, too many actors or too many bytes', () => {
    expect(codeOf(encodeRecord(draft))).toBeUndefined();
    expect(codeOf(encodeRecord({ ...draft, requestId: new Uint8Array(15) }))).toBe('MALFORMED');
    expect(codeOf(encodeRecord({ ...draft, requestId: new Uint8Array(17) }))).toBe('MALFORMED');
    const actor = { publicKey: new Uint8Array(32).fill(1), signature: new Uint8Array(64) };
    const many = (count: number) => Array.from({ length: count }, () => actor);
    expect(codeOf(encodeRecord({ ...draft, actors: many(limits.actorSignaturesMax) }))).toBeUndefined();
    expect(codeOf(encodeRecord({ ...draft, actors: many(limits.actorSignaturesMax + 1) }))).toBe('MALFORMED');
    for (const wrong of [
      { ...actor, publicKey: new Uint8Array(31) },
      { ...actor, signature: new Uint8Array(65) },
    ]) {
      expect(codeOf(encodeRecord({ ...draft, actors: [wrong] }))).toBe('MALFORMED');
    }
    const envelope = encodeRecord({ ...draft, body: new Uint8Array(1000) }).length - 1000;
    const largest = limits.recordBytesMax - envelope;
    expect(codeOf(encodeRecord({ ...draft, body: new Uint8Array(largest) }))).toBeUndefined();
    expect(codeOf(encodeRecord({ ...draft, body: new Uint8Array(largest + 1) }))).toBe('MALFORMED');
    expect(codeOf(utf8('not a record'))).toBe('MALFORMED');
  });

  it('have an id over the carried bytes, in their federation (R1)', () => {
    const bytes = encodeRecord(draft);
    const prefix = crypto.sha256(concatBytes(utf8('hansa/1/record'), new Uint8Array(1), federationId));
    expect(toHex(recordId(domains, bytes))).toBe(toHex(crypto.sha256(concatBytes(prefix, bytes))));
    const elsewhere = new Domains(crypto, crypto.sha256(utf8('two')));
    expect(recordId(elsewhere, bytes)).not.toEqual(recordId(domains, bytes));
  });

  it('are signed by actors over family, type, request and body', () => {
    const content = concatBytes(u32be(1), u32be(2), requestId, draft.body);
    expect(actorMessage(domains, crypto, draft)).toEqual(domains.message('actor', crypto.sha256(content)));
    const longer = { ...draft, type: draft.type + 1, body: new Uint8Array(300).fill(9) };
    expect(actorMessages(domains, crypto, [longer, draft, longer])).toEqual(
      [longer, draft, longer].map((each) => actorMessage(domains, crypto, each)),
    );
    const actor = signAsActor(crypto, domains, draft, secret);
    const check = (parts: object) => {
      const decoded = decodeRecord(encodeRecord({ ...draft, actors: [actor], ...parts }));
      return decoded.ok ? checkActors(crypto, domains, decoded.value)?.code : decoded.error.code;
    };
    expect(check({})).toBeUndefined();
    expect(check({ actors: [] })).toBeUndefined();
    for (const changed of [
      { family: 2 },
      { type: 1 },
      { body: utf8('other') },
      { requestId: new Uint8Array(16).fill(8) },
    ]) {
      expect(check(changed)).toBe('ACTOR_SIGNATURE_INVALID');
    }
    const other = signAsActor(crypto, domains, draft, new Uint8Array(32).fill(4));
    expect(check({ actors: [actor, other] })).toBeUndefined();
    expect(check({ actors: [actor, { ...other, signature: actor.signature }] })).toBe('ACTOR_SIGNATURE_INVALID');
    expect(check({ actors: [actor, other, actor] })).toBe('ACTOR_REPEATED');
  });

  it('are signed by actors with keys of P-256 as well, by the length of the key', () => {
    const phone = signAsActor(crypto, domains, draft, secret, 'p256');
    expect(phone.publicKey.length).toBe(33);
    const check = (...actors: ActorSignature[]) => {
      const decoded = decodeRecord(encodeRecord({ ...draft, actors }));
      return decoded.ok ? checkActors(crypto, domains, decoded.value)?.code : decoded.error.code;
    };
    const card = signAsActor(crypto, domains, draft, secret);
    expect(check(phone)).toBeUndefined();
    expect(check(card, phone)).toBeUndefined();
    expect(check(phone, card, phone)).toBe('ACTOR_REPEATED');
    expect(check({ ...phone, signature: card.signature })).toBe('ACTOR_SIGNATURE_INVALID');
    expect(check({ ...card, signature: phone.signature })).toBe('ACTOR_SIGNATURE_INVALID');
    // The twin of a signature would give the record another digest.
    const twin = phone.signature.slice();
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = order - BigInt(`0x${toHex(phone.signature.subarray(32))}`);
    twin.set(fromHex(s.toString(16).padStart(64, '0')) as Uint8Array, 32);
    expect(check({ ...phone, signature: twin })).toBe('ACTOR_SIGNATURE_INVALID');
    expect(check({ ...phone, publicKey: Uint8Array.of(4, ...phone.publicKey.subarray(1)) })).toBe('MALFORMED');
    expect(check({ ...phone, publicKey: new Uint8Array(34).fill(2) })).toBe('MALFORMED');
  });

  it('cost what their signatures cost: one of P-256 counts as four (C3)', () => {
    const [card, phone] = (['ed25519', 'p256'] as const).map((scheme) =>
      signAsActor(crypto, domains, draft, secret, scheme),
    ) as [ActorSignature, ActorSignature];
    const record = (...actors: ActorSignature[]) => encodeRecord({ ...draft, actors });
    expect(countActors([])).toBe(0);
    expect(countActors([record()])).toBe(0);
    expect(countActors([record(card), record(), record(card, card)])).toBe(3);
    expect(countActors([record(phone), record(card, phone)])).toBe(9);
    expect(countActors([utf8('no record')])).toBe(0);
  });

  it('have a request key per lane and request', () => {
    const key = requestKey(domains, 258, requestId);
    const expected = domains.digest('requests', concatBytes(u32be(258), requestId)).slice(0, 16);
    expect(toHex(key)).toBe(toHex(expected));
    expect(key.length).toBe(16);
    expect(requestKey(domains, 259, requestId)).not.toEqual(key);
  });
});

describe('locations', () => {
  const genesis = fixtureGenesis(crypto, 2);

  it('are written city/sequence/position and read back', () => {
    const location = { lane: 1, sequence: 12, position: 0 };
    expect(formatLocation(genesis, location)).toBe('sanya/12/0');
    expect(parseLocation(genesis, 'sanya/12/0')).toEqual({ ok: true, value: location });
  });

  it('are refused for anything else', () => {
    const wrong = ['', 'sanya', 'sanya/12', 'danzhou/1/0', 'sanya/0/0', 'sanya/01/0', 'sanya/1/4096', 'sanya/1/0/2'];
    for (const text of [...wrong, 'sanya/1/-1', 'sanya/9999999999999999/0', ' sanya/1/0']) {
      expect(parseLocation(genesis, text)).toMatchObject({ ok: false, error: { code: 'LOCATION_INVALID' } });
    }
  });

  it('are not read from a reference that names no record', () => {
    expect(fromRecordRef(undefined)).toBeUndefined();
    const ref = { $typeName: 'hansa.v1.RecordRef', lane: 1, position: 2 } as const;
    expect(fromRecordRef({ ...ref, sequence: 0n })).toBeUndefined();
    expect(fromRecordRef({ ...ref, sequence: 2n ** 53n })).toBeUndefined();
    expect(fromRecordRef({ ...ref, sequence: 3n })).toEqual({ lane: 1, sequence: 3, position: 2 });
  });
});
