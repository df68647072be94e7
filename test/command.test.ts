import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { hansaProgram } from '../packages/node/src/testbed/daemon.ts';

it('a command whose reader has seen enough ends without a word', async () => {
  const command = spawn(process.execPath, [hansaProgram, '--help']);
  command.stdout.destroy();
  let complaint = '';
  command.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const code = await new Promise((resolve) => command.once('close', resolve));
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
});
