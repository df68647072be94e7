import { HansaError } from '@hansa/protocol';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { LogFormat, LogLevel } from './config/index.ts';

export type Log = Logger;

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Name of the city, on every line. */
  readonly city?: string;
  /** Where the lines go; standard output unless a test wants them. */
  readonly stream?: DestinationStream;
}

/**
 * P1: fields of these names never reach the log, wherever someone puts them. The rule is to log codes, heights and
 * counts only; this is the net below it.
 */
export const redactedFields = [
  'account',
  'authorization',
  'body',
  'cookie',
  'holder',
  'idNumber',
  'name',
  'password',
  'payload',
  'phone',
  'records',
  'salt',
  'secret',
  'secretKey',
  'subject',
  'token',
] as const;

/** The daemon's log: one JSON object a line, or lines for people when `auto` finds a terminal. */
export function createLog(options: LogOptions): Log {
  const prettily = options.format === 'pretty' || (options.format === 'auto' && process.stdout.isTTY === true);
  // Synchronous: the lines before a crash are the ones that are needed, and a city logs a few lines a second.
  const target = options.stream ?? destination({ dest: 1, sync: true });
  const stream = prettily ? prettyStream(target) : target;
  return pino(
    {
      level: options.level,
      base: options.city === undefined ? {} : { city: options.city },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[private]' },
      serializers: { err: describeError, error: describeError },
    },
    stream,
  );
}

function prettyStream(target: DestinationStream): DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY === true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,city',
  });
  return { write: (line) => target.write(format(line)) };
}

/** An error for the log. Refusals have a code and a message made to be read; the rest has its stack. */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof HansaError) return { code: error.code, message: error.message };
  if (error instanceof Error) return { type: error.name, message: error.message, stack: error.stack };
  return { message: String(error) };
}
