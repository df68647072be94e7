import { createHash } from 'node:crypto';

/** The bundled program and style of the page; `pnpm build` makes them in `dist/verify-page/`. */
export interface VerifyClient {
  readonly script: string;
  readonly style: string;
}

/**
 * One self-contained HTML page that verifies what a citizen presents: it opens from a disk, with no network, in any current
 * browser. Its policy admits exactly the one script and style that stand in it. With a genesis file it is the page of that
 * federation; without one the counter opens the file.
 */
export function renderVerifyPage(client: VerifyClient, genesis: Uint8Array | undefined): string {
  const script = client.script.replaceAll('</script', '<\\/script');
  const policy = [
    "default-src 'none'",
    `script-src '${sourceOf(script)}'`,
    `style-src '${sourceOf(client.style)}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const built = genesis === undefined ? '' : Buffer.from(genesis).toString('base64');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>缴存证明验证 · Verify a deposit certificate</title>
<style>${client.style}</style>
<script type="application/octet-stream" id="genesis">${built}</script>
<script>${script}</script>
</head>
<body>
<noscript>本页需要脚本。 This page verifies with the script that it contains; allow scripts to use it.</noscript>
</body>
</html>
`;
}

function sourceOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
