import { HansaError, type Result } from '@hansa/protocol';

/** The value, or the rejection as an exception with all that it carries. */
export function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, retryAfterMs } = result.error;
  throw new HansaError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
