import { HansaError } from '@hansa/protocol';
import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { errorCodes } from '../error-codes.ts';

/** What a code of either package means, and what to do now. */
export function meaningOf(code: string): string {
  const protocol: Readonly<Record<string, string>> = protocolCodes;
  return errorCodes[code] ?? protocol[code] ?? `The reason is ${code}; see docs/errors.md.`;
}

/** A code with its standard message, as an exception. */
export function refusal(code: string): HansaError {
  return new HansaError(code, meaningOf(code));
}
