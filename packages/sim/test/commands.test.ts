import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../src/commands/main.ts';

/**
 * Transcripts of the commands, `commands/*.txt`. A line `-- NAME --` begins a file of the directory in which they run,
 * which ends at the next such line or at the first command. `$ ` begins a command; the lines below it are its output,
 * those of standard error marked by `! `; `[exit N]` is its exit code when it is not 0. `...` stands for anything in a
 * line, and alone for any number of lines. `#` begins a comment.
 */
const folder = new URL('./commands/', import.meta.url);
const home = process.cwd();
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hansa-sim-commands-'));
  process.chdir(directory);
});
afterEach(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true, force: true });
});
afterAll(() => process.chdir(home));

describe('the commands answer as the transcripts show', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', async (name) => {
    const { files, commands } = read(readFileSync(new URL(name, folder), 'utf8'));
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    expect(commands.length).toBeGreaterThan(0);
    for (const { line, expected } of commands) {
      const actual = await run(line);
      const shown = `$ ${line}\n${actual.join('\n')}`;
      if (!matches(actual, expected)) expect(shown).toBe(`$ ${line}\n${expected.join('\n')}`);
    }
  });
});

test('every command has a help with an example', async () => {
  const main = await run('hansa-sim --help');
  expect(main.join('\n')).toContain('Exit codes: 0 done and every check held, 1 a check failed');
  const names = main.flatMap((line) => /^ {2}([a-z]+) .*[a-z]/.exec(line)?.[1] ?? []).filter((name) => name !== 'help');
  expect(names).toHaveLength(11);
  for (const name of names) {
    expect((await run(`hansa-sim ${name} --help`)).join('\n')).toMatch(new RegExp(`Examples?:\n  hansa-sim ${name}`));
  }
});

test('a sweep that is interrupted before a run is done says how it goes on, writes no table, and goes on', async () => {
  const sweep = [
    'sweep',
    'four-cities',
    '--vary',
    'workload.recordsPerSecond=1,2',
    '--seeds',
    '1..2',
    '--set',
    'stop.at=2s',
  ];
  const answer = async (stopsAtOnce: boolean, ...more: readonly string[]) => {
    const told: string[] = [];
    const tell = (text: string) => void told.push(text);
    const code = await runCommand([...sweep, ...more], {
      stdout: tell,
      stderr: tell,
      interactive: false,
      quiet: true,
      onInterrupt: (stop) => {
        if (stopsAtOnce) stop();
        return () => undefined;
      },
    });
    return { code, told: told.join('') };
  };
  const nowhere = await answer(true, '--jobs', '1');
  expect(nowhere.code).toBe(130);
  expect(nowhere.told).toBe('Interrupted with 4 runs left: give --out DIRECTORY next time to keep what is done.\n');
  const kept = await answer(true, '--jobs', '1', '--out', 'kept');
  expect(kept.code).toBe(130);
  expect(kept.told).toBe('Interrupted with 4 runs left: the same command goes on.\n');
  const whole = await answer(false, '--jobs', '1', '--out', 'kept');
  expect(whole.code, whole.told).toBe(0);
  expect(whole.told).not.toContain('Interrupted');
  expect(readdirSync('kept').sort()).toEqual(['estimates.csv', 'runs.csv', 'sweep.json']);
});

interface Command {
  readonly line: string;
  readonly expected: string[];
}

function read(text: string): { readonly files: ReadonlyMap<string, string>; readonly commands: readonly Command[] } {
  const files = new Map<string, string>();
  const commands: Command[] = [];
  let file: string | undefined;
  for (const line of text.trimEnd().split('\n')) {
    const heading = /^-- (\S+) --$/.exec(line)?.[1];
    if (line.startsWith('$ hansa-sim')) {
      file = undefined;
      commands.push({ line: line.slice(2), expected: [] });
    } else if (heading !== undefined) {
      file = heading;
      files.set(file, '');
    } else if (file !== undefined) {
      files.set(file, `${files.get(file)}${line}\n`);
    } else if (!line.startsWith('#')) {
      commands.at(-1)?.expected.push(line);
    }
  }
  for (const { expected } of commands) while (expected.at(-1) === '') expected.pop();
  return { files, commands };
}

async function run(line: string): Promise<string[]> {
  let [out, err] = ['', ''];
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');
  const code = await runCommand(words.slice(1), {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    interactive: false,
    quiet: true,
    onInterrupt: () => () => undefined,
  });
  expect(out + err, 'no output has a stack trace').not.toMatch(/^\s+at .*:\d+:\d+/m);
  const marked =
    err === ''
      ? []
      : err
          .trimEnd()
          .split('\n')
          .map((each) => `! ${each}`);
  const printed = out === '' ? [] : out.trimEnd().split('\n');
  return [...marked, ...printed, ...(code === 0 ? [] : [`[exit ${code}]`])];
}

function matches(actual: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first === '...') {
    return actual.some((_, skipped) => matches(actual.slice(skipped), rest)) || matches([], rest);
  }
  const [line, ...others] = actual;
  return line !== undefined && pattern(first).test(line) && matches(others, rest);
}

function pattern(line: string): RegExp {
  const literal = line.split('...').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}
