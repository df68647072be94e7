import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { ApiProblem } from '@hansa/node/client';
import { upload } from './nightly.ts';

const [url, tokenFile, mapping, night, accounts, blacklist] = process.argv.slice(2);
if (url === undefined || tokenFile === undefined || mapping === undefined || night === undefined) {
  console.error('node dist/main.js URL OPERATOR-TOKEN-FILE MAPPING NIGHT ACCOUNTS-FILE [BLACKLIST-FILE]');
  process.exit(2);
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    console.error(`${path} cannot be read (${code}). Paths are whole or from ${process.cwd()}.`);
    return process.exit(2);
  }
}

const city = { url, token: new TextDecoder().decode(await read(tokenFile)).trim() };
const said = (error: Error) => {
  if (error instanceof ApiProblem) return `${error.code}: ${error.message}`;
  return error.message === 'fetch failed' ? `No daemon answers at ${url}.` : `${url}: ${error.message}`;
};
const pause = (ms: number, because: Error) => {
  console.error(`${said(because)} Again in ${Math.ceil(ms / 1000)} s.`);
  return new Promise<void>((resolve) => setTimeout(resolve, ms));
};
// Both before the first is uploaded: a night is whole, or somebody looks.
const files = [
  ...(accounts === undefined ? [] : [{ kind: 'accounts' as const, bytes: await read(accounts), mapping }]),
  ...(blacklist === undefined ? [] : [{ kind: 'blacklist' as const, bytes: await read(blacklist), mapping }]),
];
try {
  for (const file of files) {
    const report = await upload(file, { city, night, pause });
    console.log(JSON.stringify(report));
    if (report.refused.length > 0 || !report.final || report.stopped !== undefined) process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof ApiProblem) && !(error instanceof TypeError)) throw error;
  console.error(said(error));
  process.exitCode = 1;
}
