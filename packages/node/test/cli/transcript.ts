import { expect } from 'vitest';
import { runCommand } from '../../src/cli/main.ts';

export interface TranscriptOptions {
  /** Put in place of {name} in commands and outputs. */
  readonly values: Record<string, string>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What is typed when a command asks. */
  readonly typed?: string;
}

/** What stands for text that differs from run to run; other <names> are remembered and must stay the same. */
const patterns: Readonly<Record<string, string>> = {
  n: '\\d+',
  hex: '[0-9a-f]+',
  time: '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ',
  day: '\\d{4}-\\d\\d-\\d\\d',
};

/**
 * Runs a transcript: `$ ` begins a command, the lines below it are its output, `! ` those of standard error, and
 * `[exit N]` its exit code when it is not 0. {name} is a value given, <name> a text found in an output.
 */
export async function transcript(text: string, options: TranscriptOptions): Promise<void> {
  const lines = text.split('\n').filter((line) => line !== '');
  for (let at = 0; at < lines.length; ) {
    const command = filled(lines[at++] ?? '', options.values);
    expect(command, 'a transcript begins with a command').toMatch(/^\$ hansa/);
    const expected: string[] = [];
    while (at < lines.length && lines[at]?.startsWith('$ ') === false)
      expected.push(filled(lines[at++] ?? '', options.values));
    const actual = await run(command, options);
    match(command, actual, expected, options.values);
  }
}

async function run(command: string, { environment = {}, typed }: TranscriptOptions): Promise<string[]> {
  let out = '';
  let err = '';
  const code = await runCommand(words(command.replace(/^\$ hansa ?/, '')), {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    environment,
    interactive: false,
    ask: async () => typed ?? '',
  });
  expect(out + err, 'no output has a stack trace').not.toMatch(/^\s+at .*:\d+:\d+/m);
  const errors = err
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `! ${line}`);
  return [...errors, ...out.split('\n').filter((line) => line !== ''), ...(code === 0 ? [] : [`[exit ${code}]`])];
}

function match(
  command: string,
  actual: readonly string[],
  expected: readonly string[],
  values: Record<string, string>,
): void {
  const shown = `${command}\n${actual.join('\n')}`;
  expect(actual.length, shown).toBe(expected.length);
  expected.forEach((line, index) => {
    const names: string[] = [];
    const pattern = line
      .split(/(<[a-z]+>)/)
      .map((part) => {
        const name = /^<([a-z]+)>$/.exec(part)?.[1];
        if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        const known = patterns[name];
        if (known !== undefined) return known;
        names.push(name);
        return line === part ? '(.*)' : '(\\S+?)';
      })
      .join('');
    const found = new RegExp(`^${pattern}$`).exec(actual[index] ?? '');
    if (found === null) expect(shown, `line ${index + 1} of the output`).toBe(`${command}\n${expected.join('\n')}`);
    names.forEach((name, at) => {
      values[name] = found?.[at + 1] ?? '';
    });
  });
}

/** Values given, and those found in earlier outputs. */
function filled(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/[{<]([a-z]+)[}>]/g, (whole, name: string) => values[name] ?? whole);
}

function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');
}
