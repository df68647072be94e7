import { readFileSync } from 'node:fs';
import process from 'node:process';
import { watch } from './watch.ts';

const usage = 'node dist/main.js NAME=URL=TOKEN-FILE ...   one for each city; the tokens are those of auditors';

const cities = process.argv.slice(2).map((parameter) => {
  const [name, url, tokenFile] = parameter.split('=');
  if (name === undefined || url === undefined || tokenFile === undefined) {
    console.error(usage);
    process.exit(2);
  }
  return { name, url, token: readFileSync(tokenFile, 'utf8').trim() };
});
if (cities.length === 0) {
  console.error(usage);
  process.exit(2);
}

const end = new AbortController();
process.once('SIGINT', () => end.abort());
process.once('SIGTERM', () => end.abort());
for await (const finding of watch(cities, end.signal)) console.log(JSON.stringify(finding));
