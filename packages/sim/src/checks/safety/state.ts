import { equalBytes, toHex } from '@hansa/protocol';
import { HistoryTree } from '@hansa/protocol/merkle';
import { decodeStrict, type ExecutionLog, ExecutionLogSchema } from '@hansa/protocol/wire';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { SeenBlock } from '../decode.ts';
import type { StateAt } from '../honesty/validity.ts';

interface Executed {
  readonly city: City;
  readonly historySize: number;
  readonly historyRoot: string;
  readonly stateRoot: string;
  readonly log: Uint8Array;
}

/** Both roots stand at the end of a log, 34 bytes each: equal ends mean equal states. */
const ROOTS_BYTES = 68;
/** In larger federations only the roots of logs are compared, not every outcome. */
const FEW = 16;
const DIGEST_BYTES = 32;

/**
 * L1, L3: what is executed at a height is what is final there, in the agreed order (`executed-is-final`), with equal
 * outcomes and roots in every city, and the history root is the RFC 6962 root of exactly these entries (`equal-roots`).
 * C11: a final checkpoint names the state that the cities computed at its height (`checkpoint-true`).
 */
export function state(chronicle: Chronicle): Check & { stateAt: StateAt } {
  const executed = new Map<number, Executed>();
  const history = new HistoryTree(chronicle.world.federation.crypto);
  /** Final blocks whose checkpoint nobody has computed yet. */
  let waiting: SeenBlock[] = [];
  let frontier = 0;
  chronicle.whenPruned((height) => {
    // Checkpoints lag, but never behind those before: the states of one more round of blocks are enough.
    for (const known of executed.keys()) if (known < Math.min(height, oldestCheckpoint)) executed.delete(known);
  });
  let oldestCheckpoint = 0;

  const first = (city: City, height: number, log: ExecutionLog, bytes: Uint8Array) => {
    frontier = height;
    const digests = log.entryDigests;
    const expected = chronicle.finalEntries(height);
    if (expected !== undefined) {
      const isFinal =
        digests.length === expected.length * DIGEST_BYTES &&
        expected.every(({ digest }, place) => toHex(digests.subarray(place * 32, place * 32 + 32)) === digest);
      if (!isFinal) {
        const message = `${city.name} executed other entries at height ${height} than the final block names`;
        chronicle.report('executed-is-final', [city], message);
      }
    }
    for (let place = 0; place < digests.length; place += DIGEST_BYTES) {
      history.append(digests.slice(place, place + DIGEST_BYTES));
    }
    const historyRoot = toHex(log.historyRoot);
    if (historyRoot !== toHex(history.root())) {
      const message = `the history root of ${city.name} at height ${height} is not that of its entries`;
      chronicle.report('equal-roots', [city], message);
    }
    const size = history.size;
    const kept = chronicle.n <= FEW ? bytes : bytes.slice(-ROOTS_BYTES);
    executed.set(height, { city, historySize: size, historyRoot, stateRoot: toHex(log.stateRoot), log: kept });
    waiting = waiting.filter((block) => !judge(block));
  };

  /** False: nobody knows yet. */
  const judge = (block: SeenBlock): boolean => {
    const { checkpoint } = block;
    const own = executed.get(checkpoint.height);
    if (own === undefined) return checkpoint.height <= frontier && checkpoint.height < oldestCheckpoint;
    const isTrue =
      own.historySize === checkpoint.historySize &&
      own.historyRoot === checkpoint.historyRoot &&
      own.stateRoot === checkpoint.stateRoot;
    if (!isTrue) {
      const message = `final block ${block.height} names another state of height ${checkpoint.height} than the cities computed`;
      chronicle.report('checkpoint-true', [own.city], message);
    }
    return true;
  };

  return {
    stateAt: (height) => executed.get(height),
    onState(city, now) {
      if (now !== 'up' || executed.has(0)) return;
      const genesis = city.view.replica?.ledger.checkpoint(0);
      if (genesis === undefined) return;
      const { historySize, historyRoot, stateRoot } = genesis;
      const roots = { historyRoot: toHex(historyRoot), stateRoot: toHex(stateRoot) };
      executed.set(0, { city, historySize, ...roots, log: new Uint8Array(0) });
    },
    onExecution(city, height, log) {
      const known = executed.get(height);
      if (known !== undefined) {
        if (isSame(chronicle.n, known.log, log)) return;
        const message = `${city.name} and ${known.city.name} executed height ${height} with different ${differenceOf(known.log, log)}`;
        chronicle.report('equal-roots', [city, known.city], message);
      } else if (height === frontier + 1) {
        const decoded = decodeStrict(ExecutionLogSchema, log, log.length);
        if (decoded.ok) first(city, height, decoded.value, log);
      }
    },
    onFinal(_, block, isFirst) {
      if (!isFirst) return;
      oldestCheckpoint = Math.max(0, block.checkpoint.height);
      if (!judge(block)) waiting.push(block);
    },
  };
}

function isSame(n: number, first: Uint8Array, second: Uint8Array): boolean {
  if (first === second) return true;
  if (n <= FEW) return equalBytes(first, second);
  return equalBytes(first.subarray(-ROOTS_BYTES), second.subarray(-ROOTS_BYTES));
}

function differenceOf(first: Uint8Array, second: Uint8Array): string {
  const [a, b] = [first, second].map((log) => decodeStrict(ExecutionLogSchema, log, log.length));
  if (a?.ok !== true || b?.ok !== true) return 'roots';
  if (!equalBytes(a.value.historyRoot, b.value.historyRoot)) return 'history roots';
  return equalBytes(a.value.stateRoot, b.value.stateRoot) ? 'outcomes' : 'state roots';
}
