import { HansaError } from '@hansa/protocol';
import type { LoopFailure } from '../city/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type AddCommand, runs } from './output.ts';

interface StartOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** A clean stop takes a moment; a stuck one must not keep the machine from shutting down. */
const STOP_MS_MAX = 4500;

/** New files are the daemon's alone, whatever the shell says: the registry's store has names and numbers (P1). */
const PRIVATE_UMASK = 0o077;

/** `hansa start`: runs the daemon in the foreground until SIGTERM or SIGINT. */
export const addStart: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('start')
    .description('run the daemon of a city or an observer in the foreground; it stops cleanly on SIGTERM or Ctrl-C')
    .option('--dir <directory>', 'directory of the city (or HANSA_DIR)');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa start --dir haikou\n\nIt logs to standard output, for people on a terminal and as JSON elsewhere or with --json.',
  );
  runs<StartOptions>(command, terminal, exit, async (options) => {
    const [{ loadConfig, unknownVariables }, { createLog }, { openDaemon }] = await Promise.all([
      import('../config/index.ts'),
      import('../log.ts'),
      import('../newcomer.ts'),
    ]);
    const directory = options.dir ?? terminal.environment.HANSA_DIR;
    if (directory === undefined) {
      throw new HansaError('USAGE', 'name the city: --dir DIRECTORY, or HANSA_DIR. See: hansa start --help');
    }
    const config = await loadConfig(directory, terminal.environment);
    const format = options.json === true ? 'json' : config.log.format;
    const log = createLog({ level: config.log.level, format, city: config.city });
    for (const name of unknownVariables(terminal.environment)) {
      log.warn({ variable: name }, 'no setting has this environment variable: see docs/operating/configuration.md');
    }

    const ending = Promise.withResolvers<ExitCode>();
    const onFailure = (failure: LoopFailure) => ending.resolve(exitCodeOf(failure));
    const onSignal = (signal: NodeJS.Signals) => {
      log.info({ signal }, 'stopping');
      ending.resolve(exitCodes.ok);
    };
    const onBug = (error: unknown) => {
      log.fatal({ err: error }, 'a bug: the daemon stops; what was acknowledged is safe. Please report these lines');
      ending.resolve(exitCodes.internal);
    };
    const { signals, bugs } = {
      signals: ['SIGTERM', 'SIGINT'] as const,
      bugs: ['uncaughtException', 'unhandledRejection'] as const,
    };
    for (const signal of signals) process.on(signal, onSignal);
    for (const bug of bugs) process.on(bug, onBug);
    const shellUmask = process.umask(PRIVATE_UMASK);
    try {
      const daemon = await openDaemon(config, log, onFailure);
      let exitCode: ExitCode;
      try {
        await Promise.race([daemon.start(), ending.promise]);
        exitCode = await ending.promise;
      } finally {
        await within(STOP_MS_MAX, daemon.stop());
      }
      return { text: '', json: { stopped: true }, exitCode };
    } finally {
      process.umask(shellUmask);
      for (const signal of signals) process.off(signal, onSignal);
      for (const bug of bugs) process.off(bug, onBug);
    }
  });
};

function exitCodeOf({ during, error }: LoopFailure): ExitCode {
  // A failing disk is the operator's to mend; anything else is ours.
  return during === 'commit' && error instanceof HansaError ? exitCodes.refused : exitCodes.internal;
}

async function within(limitMs: number, stopping: Promise<void>): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => {
      reject(
        new HansaError(
          'STOP_TIMEOUT',
          'The daemon did not stop in time and was ended. What was acknowledged is durable.',
        ),
      );
    }, limitMs);
  });
  try {
    await Promise.race([stopping, late]);
  } finally {
    clearTimeout(timeout);
  }
}
