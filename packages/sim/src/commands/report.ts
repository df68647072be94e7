import { type AddCommand, runs } from './terminal.ts';

/** `hansa-sim report` */
export const addReport: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('report <result>')
    .summary('make the page that shows a run')
    .description(
      'Makes one self-contained HTML page of a result.json (or the directory that has one); it opens offline.',
    )
    .option('--out <file>', 'the page (default: report.html beside the result)')
    .addHelpText('after', '\nExample:\n  hansa-sim report seven');
  runs<{ readonly out?: string }>(command, terminal, exit, async (options, [path = '']) => {
    const [{ writeFileSync }, { dirname, join }, { loadRun, runFile }, { renderReport }, { readReportClient }] =
      await Promise.all([
        import('node:fs'),
        import('node:path'),
        import('./result-files.ts'),
        import('../report/render.ts'),
        import('./report-client.ts'),
      ]);
    const result = loadRun(path);
    const file = options.out ?? join(dirname(runFile(path)), 'report.html');
    writeFileSync(file, renderReport(result, readReportClient()));
    return { text: `wrote ${file}`, json: { file } };
  });
};
