import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { upload } from './nightly.ts';

const [url, tokenFile, mapping, night, accounts, blacklist] = process.argv.slice(2);
if (url === undefined || tokenFile === undefined || mapping === undefined || night === undefined) {
  console.error('node dist/main.js URL OPERATOR-TOKEN-FILE MAPPING NIGHT ACCOUNTS-FILE [BLACKLIST-FILE]');
  process.exit(2);
}

const city = { url, token: (await readFile(tokenFile, 'utf8')).trim() };
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
for (const [kind, path] of [
  ['accounts', accounts],
  ['blacklist', blacklist],
] as const) {
  if (path === undefined) continue;
  const bytes = new Uint8Array(await readFile(path));
  const report = await upload({ kind, bytes, mapping }, { city, night, pause });
  console.log(JSON.stringify(report));
  if (report.refused.length > 0 || !report.final || report.stopped !== undefined) process.exitCode = 1;
}
