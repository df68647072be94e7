import { HansaError } from '@hansa/protocol';

/** The file cannot be read on from a line: what came before stands, what comes after was not looked at. */
export class ImportStopped extends HansaError {
  /** From 1. */
  readonly line: number;

  constructor(line: number, code: string, message: string) {
    super(code, message);
    this.line = line;
  }
}
