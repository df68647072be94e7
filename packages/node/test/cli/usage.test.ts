import { expect, test } from 'vitest';
import { runCommand } from '../../src/cli/main.ts';
import { transcript } from './transcript.ts';

test('what is missing on the command line is told with the help of that command', () =>
  transcript(
    `
$ hansa genesis create --name x --out g.json
! hansa: required option '--member <file>' not specified. See: hansa genesis create --help [USAGE]
[exit 2]
$ hansa genesis
! hansa: a command is missing. See: hansa genesis --help [USAGE]
[exit 2]
$ hansa start
! hansa: name the city: --dir DIRECTORY, or HANSA_DIR. See: hansa start --help [USAGE]
[exit 2]
$ hansa receipt export --dir haikou --out x
! hansa: name exactly one of --record, --certificate and --proof [USAGE]
[exit 2]
`,
    { values: {} },
  ));

test('every command has a help with an example', async () => {
  const commands = [
    'init',
    'genesis create',
    'genesis show',
    'join',
    'start',
    'demo',
    'status',
    'import',
    'record',
    'check',
    'certificate issue',
    'certificate verify',
    'certificate page',
    'certificate show',
    'certificate use',
    'certificate revoke',
    'application list',
    'application approve',
    'application refuse',
    'blacklist amend',
    'blacklist dispute',
    'blacklist lift',
    'receipt export',
    'receipt verify',
    'lanes',
    'blocks',
    'evidence',
    'membership show',
    'membership propose',
    'membership approve',
    'membership withdraw',
    'checks',
    'wallet init',
    'wallet apply',
    'wallet receive',
    'wallet show',
    'wallet present',
    'wallet consent grant',
    'wallet consent withdraw',
    'wallet consent list',
    'wallet who-looked',
  ];
  for (const command of commands) {
    const printed: string[] = [];
    const stdout = (text: string) => void printed.push(text);
    const terminal = { stdout, stderr: () => undefined, environment: {}, interactive: false };
    expect(await runCommand([...command.split(' '), '--help'], terminal)).toBe(0);
    expect(printed.join('')).toContain(`Example:\n  hansa ${command}`);
  }
});

test('the help marks what is required, and ends with the exit codes', async () => {
  const help = async (...args: string[]) => {
    const printed: string[] = [];
    const stdout = (text: string) => void printed.push(text);
    await runCommand([...args, '--help'], { stdout, stderr: () => undefined, environment: {}, interactive: false });
    return printed.join('');
  };
  expect(await help('join')).toMatch(/--genesis <file> +the genesis file, .* \(required\)/);
  expect(await help('check')).not.toMatch(/--kind.*\n?.*\(required\)/);
  expect(await help()).toMatch(/Exit codes: 0 done, 1 refused or failed, 2 wrong command line/);
});
