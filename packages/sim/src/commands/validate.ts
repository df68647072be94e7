import { exitCodes } from './exit-codes.ts';
import { type AddCommand, runs } from './terminal.ts';

/** `hansa-sim validate` */
export const addValidate: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('validate')
    .summary('experiments whose outcome is known on paper, measured')
    .description(
      'Measures what is known in closed form: view changes and finality on links of constant delay, waits for quorums ' +
        'on links of random delay, floods over a mesh, losses, distances, bandwidth. Fails outside of the tolerance.',
    )
    .addHelpText('after', '\nExample:\n  hansa-sim validate');
  runs(command, terminal, exit, async () => {
    const [{ validate, isWithin }, { count, figure, table }] = await Promise.all([
      import('../validation/index.ts'),
      import('./words.ts'),
    ]);
    const validations = [];
    for await (const validation of validate()) validations.push({ ...validation, ok: isWithin(validation) });
    const rows = validations.map(({ name, formula, unit, expected, measured, tolerance, samples, ok }) => [
      ok ? 'ok' : 'FAILED',
      name,
      formula,
      figure(expected),
      figure(measured),
      tolerance === 0 ? 'exact' : figure(tolerance),
      unit,
      count(samples),
    ]);
    const failed = validations.filter(({ ok }) => !ok).length;
    const head = ['', 'experiment', 'closed form', 'expected', 'measured', 'tolerance', 'unit', 'samples'];
    const verdict = failed === 0 ? 'All are within tolerance.' : `${failed} are outside of their tolerance.`;
    return {
      text: `${table([head, ...rows], [3, 4, 5, 7])}\n\n${verdict}`,
      json: { validations, failed },
      exitCode: failed === 0 ? exitCodes.ok : exitCodes.failed,
    };
  });
};
