import { toHex } from '@hansa/protocol';
import type { TagContext, TagFamily } from '@hansa/protocol/subjects';

const TAGS_MAX = 512;
const KEPT_MS = 10 * 60_000;

/**
 * Tags of the last minutes, in memory, and only within one matter: whoever looks the same person up twice for one case needs
 * no second evaluation, and a tag never serves another case without one.
 */
export class TagCache {
  readonly #nowMs: () => number;
  readonly #tags = new Map<string, { readonly tag: Uint8Array; readonly atMs: number }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get(family: TagFamily, subject: string, context: TagContext): Uint8Array | undefined {
    const found = this.#tags.get(nameOf(family, subject, context));
    return found !== undefined && this.#nowMs() - found.atMs < KEPT_MS ? found.tag : undefined;
  }

  /** Imports are not kept: they do not come again. */
  set(family: TagFamily, subject: string, context: TagContext, tag: Uint8Array): void {
    if (context.purpose !== 'lookup') return;
    this.#tags.set(nameOf(family, subject, context), { tag, atMs: this.#nowMs() });
    for (const name of this.#tags.keys()) {
      if (this.#tags.size <= TAGS_MAX) break;
      this.#tags.delete(name);
    }
  }
}

function nameOf(family: TagFamily, subject: string, { operator, caseCommitment }: TagContext): string {
  return `${toHex(operator)}/${toHex(caseCommitment)}/${family}/${subject}`;
}
