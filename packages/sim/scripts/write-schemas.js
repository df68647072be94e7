// Writes the published JSON Schemas, `schemas/*.schema.json`, from the compiled sources: pnpm generate.
import { mkdir, writeFile } from 'node:fs/promises';
import { publishedSchemas } from '../dist/results/published.js';

const folder = new URL('../schemas/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(publishedSchemas())) await writeFile(new URL(name, folder), text);
