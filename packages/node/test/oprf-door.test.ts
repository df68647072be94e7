import { limits } from '@hansa/protocol';
import { Domains } from '@hansa/protocol/crypto';
import { portableGroup } from '@hansa/protocol/oprf';
import {
  create,
  decodeStrict,
  encodeMessage,
  OprfEvaluationSchema,
  OprfPurpose,
  OprfReplySchema,
  OprfRequestSchema,
} from '@hansa/protocol/wire';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { change, MembershipChangeKind, newKeys } from '../../protocol/test/membership-fixture.ts';
import { loadWasmGroup, nativeCrypto } from '../src/crypto/index.ts';
import { context, OprfFederation } from './oprf-federation.ts';

const group = await loadWasmGroup();
const patience = { timeout: 20_000, interval: 2 };
let cities: OprfFederation;

const alarmsOf = async (city: number): Promise<string[]> =>
  (await cities.node(city).service.status()).alarms.map(({ code, message }) => `${code} ${message.split(' ')[0]}`);

describe('the OPRF door', () => {
  beforeEach(async () => {
    cities = await OprfFederation.start(4, group);
    await vi.waitFor(
      async () => expect((await cities.node(0).service.status()).key?.evaluators).toHaveLength(4),
      patience,
    );
  });
  afterEach(async () => {
    await cities.stop();
  });

  /** A good request of city 1 to city 0, with the parts that a test wants different. */
  function request(
    parts: Parameters<typeof create<typeof OprfEvaluationSchema>>[1] = {},
    signer: number | Uint8Array = 1,
    messageOf: Domains['message'] = (tag, bytes) => cities.federation.domains.message(tag, bytes),
  ): Uint8Array {
    const { credentialSecrets } = cities.federation;
    const good = {
      ...{ evaluator: 1, asker: 2, generation: 1, purpose: OprfPurpose.LOOKUP },
      ...{ operator: new Uint8Array(16), caseCommitment: new Uint8Array(32), askedAtMs: BigInt(cities.nowMs) },
      nonce: nativeCrypto.sha256(new TextEncoder().encode(`${nonces++}`)).slice(0, 16),
      blinded: [portableGroup.fromUniform(new Uint8Array(64).fill(9))],
    };
    const evaluation = encodeMessage(
      OprfEvaluationSchema,
      create(OprfEvaluationSchema, { ...good, ...(parts as object) }),
    );
    const message = messageOf('oprf-request', evaluation);
    const secret = typeof signer === 'number' ? (credentialSecrets[signer] as Uint8Array) : signer;
    const signature = nativeCrypto.ed25519.sign(message, secret);
    const value = { evaluation, signature };
    return encodeMessage(OprfRequestSchema, create(OprfRequestSchema, { request: { case: 'evaluate', value } }));
  }
  let nonces = 0;

  async function answered(bytes: Uint8Array, from = 1): Promise<string> {
    const reply = decodeStrict(OprfReplySchema, await cities.node(0).service.answer(from, bytes));
    if (!reply.ok) throw new Error('the reply is malformed');
    return reply.value.reply.case === 'refusal' ? reply.value.reply.value.code : String(reply.value.reply.case);
  }

  it('answers a good request once, and refuses it when it is replayed (P2)', async () => {
    const good = request();
    expect(await answered(good)).toBe('evaluated');
    expect(await answered(good)).toBe('OPRF_REQUEST_REPLAYED');
  });

  it.each<[string, () => Uint8Array, string]>([
    ['signed by another city', () => request({}, 2), 'OPRF_SIGNATURE_INVALID'],
    ['in the name of another city', () => request({ asker: 3 }, 2), 'OPRF_REQUEST_MISDIRECTED'],
    ['meant for another evaluator', () => request({ evaluator: 4 }), 'OPRF_REQUEST_MISDIRECTED'],
    ['of an older key', () => request({ generation: 0 }), 'OPRF_GENERATION_OTHER'],
    ['of a later key', () => request({ generation: 2 }), 'OPRF_GENERATION_OTHER'],
    ['from an hour ago', () => request({ askedAtMs: BigInt(cities.nowMs - 3_600_000) }), 'OPRF_REQUEST_STALE'],
    ['from the future', () => request({ askedAtMs: BigInt(cities.nowMs + 3_600_000) }), 'OPRF_REQUEST_STALE'],
    ['without a matter', () => request({ caseCommitment: new Uint8Array(0) }), 'OPRF_REQUEST_MALFORMED'],
    ['without an officer', () => request({ operator: new Uint8Array(15) }), 'OPRF_REQUEST_MALFORMED'],
    ['without a purpose', () => request({ purpose: OprfPurpose.UNSPECIFIED }), 'OPRF_REQUEST_MALFORMED'],
    ['without a nonce', () => request({ nonce: new Uint8Array(8) }), 'OPRF_REQUEST_MALFORMED'],
    ['with nothing to evaluate', () => request({ blinded: [] }), 'OPRF_REQUEST_MALFORMED'],
    ['with the identity', () => request({ blinded: [new Uint8Array(32)] }), 'OPRF_REQUEST_MALFORMED'],
    ['with what is no element', () => request({ blinded: [new Uint8Array(32).fill(255)] }), 'OPRF_REQUEST_MALFORMED'],
    [
      'with too many elements',
      () =>
        request({
          blinded: Array.from({ length: limits.oprfElementsMax + 1 }, () =>
            portableGroup.fromUniform(new Uint8Array(64).fill(9)),
          ),
        }),
      'OPRF_REQUEST_MALFORMED',
    ],
    ['that is truncated', () => request().slice(0, -3), 'OPRF_REQUEST_MALFORMED'],
    ['that is too large', () => new Uint8Array(limits.oprfFrameBytesMax + 1), 'OPRF_REQUEST_MALFORMED'],
    ['that is empty', () => new Uint8Array(0), 'OPRF_REQUEST_MALFORMED'],
  ])('refuses a request %s, and counts it to nobody', async (_, bytes, code) => {
    expect(await answered(bytes())).toBe(code);
    expect(await cities.node(0).service.evaluations({ limit: 9 })).toEqual([]);
  });

  it('refuses a request of another federation of the same cities with the same keys, and one with another domain (R1)', async () => {
    const { domains, genesis } = cities.federation;
    const { federationId } = genesis;
    const elsewhere = new Domains(nativeCrypto, federationId.with(0, (federationId[0] as number) ^ 1));
    expect(await answered(request({}, 1, elsewhere.message.bind(elsewhere)))).toBe('OPRF_SIGNATURE_INVALID');
    // The same key signs requests of the exchange.
    expect(await answered(request({}, 1, (_, bytes) => domains.message('access-request', bytes)))).toBe(
      'OPRF_SIGNATURE_INVALID',
    );
    expect(await answered(request({}, 1, domains.message.bind(domains)))).toBe('evaluated');
  });

  it.each([['suspended', MembershipChangeKind.SUSPEND] as const, ['removed', MembershipChangeKind.REMOVE] as const])(
    'evaluates nothing for a city that is %s, though its key signs it still; nor does that city ask (C12, P2)',
    async (_, kind) => {
      cities.decide([0, 2, 3], change(kind, 1));
      expect(await answered(request())).toBe('OPRF_ASKER_SUSPENDED');
      expect(await answered(request({ purpose: OprfPurpose.RECORD }))).toBe('OPRF_ASKER_SUSPENDED');
      const { service } = cities.node(0);
      expect(await service.evaluations({ limit: 9 })).toEqual([]);
      expect((await service.status()).outcomes.get('OPRF_ASKER_SUSPENDED')).toBe(2);
      // Others are answered as before.
      expect(await answered(request({ asker: 3 }, 2), 2)).toBe('evaluated');
      const asked = cities.node(1).service.tagger.tag('blacklist', [{ kind: 'id', number: '1' }], context());
      await expect(asked).rejects.toMatchObject({ code: 'OPRF_ASKER_SUSPENDED' });
    },
  );

  it('gives no share of a deal to a city that is suspended, and answers it again once it is recovered (C12, P2)', async () => {
    cities.decide([0, 2, 3], change(MembershipChangeKind.SUSPEND, 1));
    // Nobody takes the shares of these two, so the ceremony stays under way.
    cities.away.add(2);
    cities.away.add(3);
    const ceremonyId = cities.open(0, 'reshare');
    await vi.waitFor(
      async () => expect((await cities.node(0).service.status()).ceremony?.dealt).toContain(0),
      patience,
    );
    const share = create(OprfRequestSchema, { request: { case: 'share', value: { ceremonyId } } });
    expect(await answered(encodeMessage(OprfRequestSchema, share))).toBe('OPRF_ASKER_SUSPENDED');
    expect(await answered(encodeMessage(OprfRequestSchema, share), 2)).toBe('share');
    const { name } = cities.genesis.authorities[1] as { name: string };
    const keys = newKeys(nativeCrypto, name, 'fresh');
    cities.decide([0, 2, 3], change(MembershipChangeKind.RECOVER, 1, keys.member));
    expect(await answered(request({}, keys.credentialSecret))).toBe('evaluated');
  });

  it('tells on a city that has persons evaluated for records which never come (P2)', async () => {
    const spare = 40 * cities.federation.genesis.policy.lookup.evaluationsPerHour;
    const blinded = Array.from({ length: limits.oprfElementsMax }, () =>
      portableGroup.fromUniform(new Uint8Array(64).fill(9)),
    );
    for (let count = 0; count <= spare; count += blinded.length) {
      expect(await answered(request({ purpose: OprfPurpose.RECORD, blinded }))).toBe('evaluated');
    }
    // The records may still be on their way.
    cities.submit(2, [new Uint8Array(1)]);
    expect(await alarmsOf(0)).toEqual([]);
    cities.nowMs += 11 * 60_000;
    cities.submit(2, [new Uint8Array(1)]);
    expect(await alarmsOf(0)).toEqual(['OPRF_RECORDS_MISSING sanya']);
  });

  it('takes no harm from ten thousand malformed requests: each is refused, nothing is kept, and good ones are answered', async () => {
    const good = request();
    const codes = new Set<string>();
    for (let i = 0; i < 10_000; i++) {
      // Bent, truncated, or longer than the door takes.
      const length = i % 3 === 0 ? good.length : i % 3 === 1 ? 1 + (i % good.length) : limits.oprfFrameBytesMax + 1 + i;
      const bytes = new Uint8Array(length);
      bytes.set(good.subarray(0, length));
      bytes[i % bytes.length] = (bytes[i % bytes.length] as number) ^ (1 << (i % 8));
      codes.add(await answered(bytes));
    }
    expect(codes).not.toContain('evaluated');
    expect([...codes].every((code) => /^OPRF_/.test(code))).toBe(true);
    expect(await cities.node(0).service.evaluations({ limit: 9 })).toEqual([]);
    expect(await answered(good)).toBe('evaluated');
  });
});
