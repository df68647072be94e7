import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { encodeScalar, type Group, verifyProof } from '@hansa/protocol/oprf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWasmGroup } from '../src/crypto/index.ts';
import { type Calculator, inlineCalculator } from '../src/oprf/calculations.ts';
import { drawScalar } from '../src/oprf/random.ts';
import { ThreadCalculator } from '../src/oprf/thread-calculator.ts';

let group: Group;
let thread: Calculator;
/** What `tsc -b` made: sources are no program that a thread could start. */
const program = new URL('../dist/oprf/calculator-thread.js', import.meta.url);

beforeAll(async () => {
  group = await loadWasmGroup();
  thread = new ThreadCalculator(group, program);
});
afterAll(() => thread.close());

describe('the arithmetic of a batch', () => {
  it('gives in a thread of its own what it gives here (P2)', async () => {
    expect(existsSync(program)).toBe(true);
    const here = inlineCalculator(group);
    const secret = drawScalar();
    const publicKey = group.multiplyBase(encodeScalar(secret)) as Uint8Array;
    const inputs = Array.from({ length: 8 }, () => new Uint8Array(randomBytes(30)));
    const blinds = inputs.map(() => drawScalar());
    const [nonce, context] = [drawScalar(), new Uint8Array(32).fill(3)];
    const outputs = [];
    for (const calculator of [here, thread]) {
      const blinded = await calculator.calculate({ kind: 'blind', inputs, blinds });
      const elements = blinded.map(({ element }) => element);
      const share = { secret, publicKey };
      const evaluation = await calculator.calculate({ kind: 'evaluate', share, blinded: elements, nonce, context });
      if (evaluation === undefined) throw new Error('the elements are elements');
      const statement = { publicKey, blinded: elements, evaluated: evaluation.evaluated, context };
      expect(verifyProof(group, statement, evaluation.proof)).toBe(true);
      expect(await calculator.calculate({ kind: 'verify', statement, proof: evaluation.proof })).toBe(true);
      const lie = { ...statement, context: new Uint8Array(32) };
      expect(await calculator.calculate({ kind: 'verify', statement: lie, proof: evaluation.proof })).toBe(false);
      const partials = [{ authority: 2, evaluated: evaluation.evaluated }];
      const own = { authority: 1, secret: drawScalar() };
      const finalized = await calculator.calculate({ kind: 'finalize', inputs: blinded, partials, own });
      expect(finalized).toHaveLength(8);
      const single = await calculator.calculate({ kind: 'finalize', inputs: blinded, partials, own: undefined });
      outputs.push({ blinded, evaluation, single });
    }
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('says no to what is no element, there too', async () => {
    const share = { secret: 1n, publicKey: group.multiplyBase(encodeScalar(1n)) as Uint8Array };
    const blinded = Array.from({ length: 4 }, () => new Uint8Array(32).fill(255));
    const asked = { kind: 'evaluate', share, blinded, nonce: drawScalar(), context: new Uint8Array(32) } as const;
    expect(await thread.calculate(asked)).toBeUndefined();
  });

  it('is given up when the city stops, and begins again when it is needed', async () => {
    const inputs = Array.from({ length: 8 }, () => new Uint8Array(randomBytes(30)));
    const blind = () => thread.calculate({ kind: 'blind', inputs, blinds: inputs.map(() => drawScalar()) });
    const refused = expect(blind()).rejects.toThrow('the city stops');
    const closing = thread.close();
    const next = blind();
    await closing;
    await refused;
    expect(await next).toHaveLength(8);
  });
});
