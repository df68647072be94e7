import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import type { SimErrorCode } from '../error-codes.ts';
import { type Finding, type Path, type Problem, pathText } from './problem.ts';

/** Looks findings up in the text that they are about. */
export class Positions {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** In the order of the text. */
  locate(findings: readonly Finding[]): Problem[] {
    const problems = findings.map(({ code, path, message }) => ({
      ...this.at(this.#offset(path) ?? 0, code, message),
      path: pathText(path),
    }));
    return problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  }

  at(offset: number, code: SimErrorCode, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    // The counter says 0 in a text without a line.
    return { code, path: '', line: Math.max(line, 1), column: Math.max(col, 1), message };
  }

  /** The key of the last part; of what is missing, the place where it is missed. */
  #offset(path: Path): number | undefined {
    let node: unknown = this.#document.contents;
    let offset = startOf(node);
    for (const part of path) {
      const [key, value] = step(node, part) ?? [];
      if (key === undefined) return offset;
      offset = startOf(key) ?? offset;
      node = value;
    }
    return offset;
  }
}

/** Where a part of a path is named, and what it leads to. */
function step(node: unknown, part: string | number): readonly [unknown, unknown] | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair === undefined ? undefined : [pair.key, pair.value];
  }
  if (!isSeq(node) || typeof part !== 'number') return undefined;
  const item = node.items[part];
  return item === undefined ? undefined : [item, item];
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
