/**
 * Code blocks of a document that a test runs. The words after the language say what to do:
 *
 *     ```sh run              to its end, in the document's own empty directory
 *     ```sh run background   started, and stopped by SIGTERM when the document is through; it must live until then
 *     ```ts run              TypeScript, after the blocks before it, in the same directory
 *     ```text expect         what the block before it printed, line by line; `...` stands for anything
 *
 * Blocks without such words are only shown.
 */
export interface Snippet {
  readonly language: 'sh' | 'ts';
  readonly background: boolean;
  readonly code: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly expected: string | undefined;
}

export function extractSnippets(document: string): Snippet[] {
  const snippets: Snippet[] = [];
  for (const match of document.matchAll(/^```([^\n`]+)\n([\s\S]*?)^```$/gm)) {
    const [language, ...words] = (match[1] as string).trim().split(/\s+/);
    const code = match[2] as string;
    if (language === 'text' && words[0] === 'expect') {
      const last = snippets.pop();
      if (last === undefined) throw new Error('an expectation stands before every block that could meet it');
      snippets.push({ ...last, expected: code });
    } else if (words[0] === 'run') {
      if (language !== 'sh' && language !== 'ts') throw new Error(`a block of ${language} cannot be run`);
      const line = document.slice(0, match.index).split('\n').length + 1;
      snippets.push({ language, background: words[1] === 'background', code, line, expected: undefined });
    }
  }
  return snippets;
}

/** True when `output` has these lines, in this order, one after the other. */
export function printed(output: string, expected: string): boolean {
  const lines = output
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
  const patterns = expected.trimEnd().split('\n').map(asPattern);
  return lines.some((_, start) => patterns.every((pattern, index) => pattern.test(lines[start + index] ?? '')));
}

function asPattern(line: string): RegExp {
  const literal = line
    .trimEnd()
    .split('...')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}
