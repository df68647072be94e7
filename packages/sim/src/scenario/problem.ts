import type { SimErrorCode } from '../error-codes.ts';

/** Where something stands in a scenario: `['faults', 2, 'action', 'kind']`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a scenario: data, not an exception. */
export interface Problem {
  /** Stable; `docs/errors.md`. */
  readonly code: SimErrorCode;
  /** `faults[2].action.kind`; empty: the whole. */
  readonly path: string;
  /** Where it stands in the text, from 1; undefined without a text. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** What is wrong, what is expected, what to do. */
  readonly message: string;
}

/** A problem that was not yet looked up in the text. */
export interface Finding {
  readonly code: SimErrorCode;
  readonly path: Path;
  readonly message: string;
}

/** `['faults', 2, 'at']` -> `faults[2].at`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** One line for people: `four.yaml:12:5: faults[2].at: … (SCENARIO_NEVER)`. */
export function problemText(problem: Problem, file?: string): string {
  const { line, column } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${[place, problem.path, problem.message].filter((part) => part !== '').join(': ')} (${problem.code})`;
}
