import type { Result } from '../results/schema.ts';

/** The bundled program and style of the page; `pnpm build` makes them in `dist/report-client/`. */
export interface ReportClient {
  readonly script: string;
  readonly style: string;
}

/**
 * One self-contained HTML page that shows a run: it opens from a disk, offline, in any current browser. The data stands
 * in it as JSON, so that whoever has the report has the figures.
 */
export function renderReport(result: Result, client: ReportClient): string {
  // `<` cannot end the script element, whatever text the scenario has in it.
  const data = JSON.stringify(result).replaceAll('<', '\\u003c');
  const title = `${result.scenario.name}, seed ${result.seed}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="hansa-sim ${result.version}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · Hansa simulator</title>
<style>${client.style}</style>
</head>
<body>
<div id="report"><main><h1>${escapeHtml(title)}</h1><p>This report draws itself with the script that it contains; allow scripts to see it.</p></main></div>
<script type="application/json" id="result">${data}</script>
<script>${client.script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
