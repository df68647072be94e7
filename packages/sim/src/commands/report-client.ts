import { readFileSync } from 'node:fs';
import { HansaError } from '@hansa/protocol';
import type { ReportClient } from '../report/render.ts';

/**
 * The bundled program and style of report pages, which `pnpm build` makes.
 *
 * Errors: REPORT_NOT_BUILT.
 */
export function readReportClient(): ReportClient {
  const folder = new URL('../../dist/report-client/', import.meta.url);
  try {
    const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
    return { script: read('client.js'), style: read('client.css') };
  } catch {
    throw new HansaError('REPORT_NOT_BUILT', 'The program of report pages is not built. Run pnpm build once.');
  }
}
