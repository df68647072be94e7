import { HansaError, type Rejection, type Result } from '@hansa/protocol';

/** The value, or the rejection as an exception with all that it carries. */
export function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw asError(result.error);
}

/** A rejection as an exception with all that it carries. */
export function asError({ code, message, retryAfterMs }: Rejection): HansaError {
  return new HansaError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
