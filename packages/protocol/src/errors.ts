/**
 * Rejections are data; broken invariants crash. A rejection carries a stable code, says what to do now, and never
 * contains a private value.
 */
export interface Rejection {
  /** Stable, upper-case, listed in `docs/errors.md`. */
  readonly code: string;
  /** What is wrong and what the caller should do now; one or two sentences. */
  readonly message: string;
  /** When trying again makes sense, in milliseconds from now. */
  readonly retryAfterMs?: number;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Rejection };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function reject(code: string, message: string, retryAfterMs?: number): { ok: false; error: Rejection } {
  return { ok: false, error: retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs } };
}

/** Thrown at a boundary (a file, a command, a request) where a rejection must travel as an exception. */
export class HansaError extends Error implements Rejection {
  readonly code: string;
  readonly retryAfterMs?: number;

  constructor(code: string, message: string, options?: { cause?: unknown; retryAfterMs?: number }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HansaError';
    this.code = code;
    if (options?.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

/** A broken invariant: a bug, never an input. The process must stop rather than go on with a wrong state. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new HansaError(result.error.code, result.error.message);
}
