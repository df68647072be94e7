/**
 * A WebAssembly module, written here instruction by instruction: the compression function of SHA-256 (FIPS 180-4, 6.2.2)
 * on four messages at once, one in each 32-bit lane of a SIMD register. The rounds are unrolled; variables change places
 * by being renamed, as the standard's a to h do.
 */

/** Word i of lane k's state lies at 16 i + 4 k of the module's memory, in the machine's order. */
export const STATE_AT = 0;
/** Lane k's message lies from MESSAGES_AT + k LANE_BYTES on, as it is. */
export const MESSAGES_AT = 1024;
export const LANE_BYTES = 15 * 1024;

/** The first 32 bits of the fractional parts of the square roots of the first 8 primes, and of the cube roots of 64. */
export const initialState: readonly number[] = rootFractions(8, (prime) => Math.sqrt(prime));
const roundConstants: readonly number[] = rootFractions(64, (prime) => Math.cbrt(prime));

function rootFractions(count: number, root: (prime: number) => number): number[] {
  const fractions: number[] = [];
  for (let candidate = 2; fractions.length < count; candidate++) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor++;
    if (divisor * divisor > candidate) fractions.push(((root(candidate) % 1) * 2 ** 32) | 0);
  }
  return fractions;
}

type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const simd = (opcode: number, ...rest: Code): Code => [0xfd, ...unsigned(opcode), ...rest];
const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number): Code => [0x21, ...unsigned(local)];
const int = (value: number): Code => [0x41, ...signed(value)];
/** Aligned to words only; `base` is a code that leaves an address. */
const load = (base: Code, at: number): Code => [...base, ...simd(0, 2, ...unsigned(at))];
const store = (at: number, value: Code): Code => [...int(0), ...value, ...simd(11, 2, ...unsigned(at))];
const all = (value: number): Code => simd(12, ...[0, 1, 2, 3].flatMap(() => littleEndian(value)));
const add = (a: Code, b: Code): Code => [...a, ...b, ...simd(174)];
const xor = (a: Code, b: Code): Code => [...a, ...b, ...simd(81)];
const shift = (x: Code, bits: number): Code => [...x, ...int(bits), ...simd(173)];
const rotate = (x: Code, bits: number): Code => [
  ...shift(x, bits),
  ...[...x, ...int(32 - bits), ...simd(171)],
  ...simd(80),
];
/** Bits of `a` where `mask` has ones, of `b` where it has zeros. */
const select = (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...simd(82)];

/** The bytes of `a` and `b`, 0 to 31, that `bytes` names. */
const shuffle = (a: Code, b: Code, bytes: Code): Code => [...a, ...b, ...simd(13, ...bytes)];

/** Locals: the block's offset in its lane, a to h, the last 16 words of the message schedule, T1. */
const OFFSET = 0;
const variable = (i: number): number => 1 + i;
const word = (i: number): number => 9 + (i % 16);
const T1 = 25;
const V128_LOCALS = 25;

/** Reads four words of each lane and leaves the words 4 `quarter` to 4 `quarter` + 3 of the schedule, by lanes. */
function readWords(quarter: number): Code {
  const code: number[] = [];
  const lane = (k: number): Code => load(get(OFFSET), MESSAGES_AT + k * LANE_BYTES + 16 * quarter);
  // Two words of two lanes each, side by side; a, b, c and d hold them, which the state fills only afterwards.
  const low = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
  const high = low.map((byte) => byte + 8);
  [low, high].forEach((bytes, half) => {
    code.push(...shuffle(lane(0), lane(1), bytes), ...set(variable(2 * half)));
    code.push(...shuffle(lane(2), lane(3), bytes), ...set(variable(2 * half + 1)));
  });
  // The same word of all four lanes, its bytes from big-endian to the machine's order.
  for (let i = 0; i < 4; i++) {
    const first = variable(i < 2 ? 0 : 2);
    const bytes = [0, 4, 16, 20].flatMap((at) => [3, 2, 1, 0].map((byte) => at + byte + 8 * (i % 2)));
    code.push(...shuffle(get(first), get(first + 1), bytes), ...set(word(4 * quarter + i)));
  }
  return code;
}

function compression(): Code {
  const code: number[] = [];
  for (let quarter = 0; quarter < 4; quarter++) code.push(...readWords(quarter));
  for (let i = 0; i < 8; i++) code.push(...load(int(0), STATE_AT + 16 * i), ...set(variable(i)));
  for (let round = 0; round < 64; round++) {
    const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, (_, i) => variable((64 + i - round) % 8)) as Names;
    if (round >= 16) code.push(...scheduled(round));
    const sum1 = xor(xor(rotate(get(e), 6), rotate(get(e), 11)), rotate(get(e), 25));
    const choice = select(get(f), get(g), get(e));
    const input = add(all(roundConstants[round] as number), get(word(round)));
    code.push(...add(add(get(h), sum1), add(choice, input)), ...set(T1));
    const sum0 = xor(xor(rotate(get(a), 2), rotate(get(a), 13)), rotate(get(a), 22));
    const majority = select(get(c), get(b), xor(get(a), get(b)));
    code.push(...add(get(d), get(T1)), ...set(d));
    code.push(...add(get(T1), add(sum0, majority)), ...set(h));
  }
  for (let i = 0; i < 8; i++)
    code.push(...store(STATE_AT + 16 * i, add(load(int(0), STATE_AT + 16 * i), get(variable(i)))));
  return code;
}

type Names = [number, number, number, number, number, number, number, number];

function scheduled(round: number): Code {
  const early = get(word(round + 1));
  const late = get(word(round + 14));
  const sigma0 = xor(xor(rotate(early, 7), rotate(early, 18)), shift(early, 3));
  const sigma1 = xor(xor(rotate(late, 17), rotate(late, 19)), shift(late, 10));
  const sum = add(add(get(word(round)), sigma0), add(get(word(round + 9)), sigma1));
  return [...sum, ...set(word(round))];
}

/** The module's bytes; it exports `memory` (one page) and `compress(offset)`, which takes in one block of each lane. */
export function moduleBytes(): Uint8Array<ArrayBuffer> {
  const body = [...vector([[...unsigned(V128_LOCALS), V128]]), ...compression(), 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, 1, I32, 0]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector([exported('memory', 2), exported('compress', 0)])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

function exported(name: string, kind: number): Code {
  return [...unsigned(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0)), kind, 0];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Of small numbers that are not negative. */
function signed(value: number): Code {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}

function littleEndian(value: number): Code {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}
