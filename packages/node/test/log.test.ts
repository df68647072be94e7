import { HansaError } from '@hansa/protocol';
import { describe, expect, test } from 'vitest';
import { createLog, redactedFields } from '../src/log.ts';

function lines(format: 'json' | 'pretty'): { log: ReturnType<typeof createLog>; read: () => string } {
  let text = '';
  const stream = {
    write: (line: string) => {
      text += line;
    },
  };
  return { log: createLog({ level: 'info', format, city: 'haikou', stream }), read: () => text };
}

describe('the log', () => {
  test('is one JSON object a line with level, time and city', () => {
    const { log, read } = lines('json');
    log.info({ height: 7 }, 'executed');
    expect(JSON.parse(read())).toMatchObject({ level: 'info', city: 'haikou', height: 7, msg: 'executed' });
    expect(Date.parse(JSON.parse(read()).time)).toBeGreaterThan(0);
  });

  test('leaves out what is below its level', () => {
    const { log, read } = lines('json');
    log.debug('not this');
    expect(read()).toBe('');
  });

  test.each(redactedFields)('never has the value of a field named %s (P1)', (field) => {
    const { log, read } = lines('json');
    log.info({ [field]: 'PRIVATE', inside: { [field]: 'PRIVATE' }, deep: { deeper: { [field]: 'PRIVATE' } } }, 'text');
    expect(read()).not.toContain('PRIVATE');
    expect(read()).toContain('[private]');
  });

  test('writes a refusal as code and message, a bug with its stack', () => {
    const { log, read } = lines('json');
    log.warn({ err: new HansaError('STORE_FAILED', 'do this') }, 'refused');
    log.error({ err: new TypeError('broken') }, 'bug');
    const [refused, bug] = read()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(refused.err).toEqual({ code: 'STORE_FAILED', message: 'do this' });
    expect(bug.err.stack).toContain('TypeError: broken');
  });

  test('is for people when it is asked to be pretty', () => {
    const { log, read } = lines('pretty');
    log.info({ height: 7 }, 'executed');
    expect(read()).toMatch(/INFO.*: executed/);
    expect(() => JSON.parse(read())).toThrow();
  });
});
