const KEYS_A_WORD = 2;
/** The smallest filter: 1 KiB. */
const WORDS_MIN = 2 ** 8;

/**
 * Tells of most absent keys at once that they are absent: a blocked Bloom filter with three bits of one word a key, at
 * most two keys a word. Absent keys are what a growing map is asked for most, and the way down its tree misses the
 * processor's caches at nearly every step. Keys are digests, so that their bytes are hash enough. About one absent key in
 * fifty passes for present; a present one never for absent.
 */
export class KeyFilter {
  readonly #words: Uint32Array;
  #count = 0;

  /** `room`: how many keys it is to hold at least. */
  constructor(room: number) {
    let words = WORDS_MIN;
    while (words * KEYS_A_WORD < room) words *= 2;
    this.#words = new Uint32Array(words);
  }

  get reservedBytes(): number {
    return this.#words.byteLength;
  }

  /** Whether it is full, and to be made anew of the present keys. Noting a key again counts again. */
  get isFull(): boolean {
    return this.#count >= this.#words.length * KEYS_A_WORD;
  }

  /** Notes the key of 32 bytes at `at`. */
  add(keys: Uint8Array, at: number): void {
    const word = this.#wordOf(keys, at);
    this.#words[word] = (this.#words[word] as number) | bitsOf(keys, at);
    this.#count++;
  }

  /** False when the key was surely never noted. */
  mayHold(key: Uint8Array): boolean {
    const bits = bitsOf(key, 0);
    return ((this.#words[this.#wordOf(key, 0)] as number) & bits) >>> 0 === bits;
  }

  // Not the first bytes: they choose the way in the tree, and a table that was filled by them would favour them.
  #wordOf(keys: Uint8Array, at: number): number {
    const low = (keys[at + 28] as number) | ((keys[at + 29] as number) << 8) | ((keys[at + 30] as number) << 16);
    return (low | ((keys[at + 31] as number) << 24)) & (this.#words.length - 1);
  }
}

function bitsOf(keys: Uint8Array, at: number): number {
  const [first, second, third] = [keys[at + 25] as number, keys[at + 26] as number, keys[at + 27] as number];
  return ((1 << (first & 31)) | (1 << (second & 31)) | (1 << (third & 31))) >>> 0;
}
