/**
 * Codes of the simulator beside those of `@hansa/protocol`: what each means, and what to do now. Sorted. A code never
 * changes its meaning, because scripts and people rely on it. `docs/errors.md` is tested equal.
 */
export const errorCodes = {
  ADVERSARY_KEY_MISSING:
    'A strategy would sign in the name of an honest city. Name it among the corrupted cities, or sign with a key that is held.',
  ADVERSARY_NAME_TAKEN: 'There is a strategy of this name already. Give the plug-in another name.',
  ADVERSARY_OPTION_INVALID:
    'A strategy does not know the option, or not this value of it. Use those of docs/simulating/adversaries.md.',
  FILE_UNREADABLE:
    'There is no scenario of this name and no file that can be read. Use a name of hansa-sim list, or correct the path.',
  INTERNAL: 'A bug of the simulator. Report it with the command that you ran.',
  NOTHING_IN_COMMON:
    'Two results have no combination of parameters and no seed in common. Run both with the same seeds.',
  PLUG_IN_UNUSABLE:
    'A plug-in cannot be imported, or exports neither strategies nor checks. Correct it as the message says.',
  REAL_UNSUPPORTED:
    'Real daemons cannot be made to do something of the scenario. Take out what the message names, or simulate it.',
  REPORT_NOT_BUILT: 'The program of report pages is not built. Run pnpm build once.',
  RESULT_EXISTS: 'The output directory has the result of another run. Give another --out, or replace it with --force.',
  RESULT_UNREADABLE: 'A file is no result of this release. Make one with hansa-sim run or sweep, and --out.',
  SCENARIO_BOUNDS_REVERSED: 'A lower bound lies above its upper bound. Exchange them, or correct one.',
  SCENARIO_CHECK_UNKNOWN: 'There is no invariant of this name. Use one that docs/simulating/scenarios.md lists.',
  SCENARIO_CHOICE_UNKNOWN: 'The value is not one of those that can be chosen. Use one that the message lists.',
  SCENARIO_CITIES_TOO_FEW: 'More cities are asked for than there are. Ask for fewer, or raise topology.cities.',
  SCENARIO_CITY_REPEATED: 'The same city is named twice. Name it once.',
  SCENARIO_CITY_UNFIT:
    'An observer or the leader of the moment cannot do this. Name authorities: by index, by name, or some by luck.',
  SCENARIO_CITY_UNKNOWN:
    'There is no city of this index or name. Indices begin at 0; names are those of the placement.',
  SCENARIO_DURATION_MALFORMED:
    'This is not a time with its unit. Write a number and one of us, ms, s, m, h, d: 250us, 10ms, 2.5s, 7d.',
  SCENARIO_EMPTY: 'The file says nothing. Begin with: format: hansa-scenario/1.',
  SCENARIO_FIELDS_EXCLUDE: 'Two fields exclude each other. Keep one of them.',
  SCENARIO_FIELD_MISSING: 'A required field is missing. Add it.',
  SCENARIO_FIELD_UNKNOWN: 'The format has no such field here. Remove it, or correct its spelling or its place.',
  SCENARIO_FORMAT_UNKNOWN:
    'The format is not hansa-scenario/1. Name it in the first line, or use a release of the simulator that knows it.',
  SCENARIO_GROUPS_OVERLAP: 'A city stands in two groups of one partition. Leave it in one.',
  SCENARIO_INVALID: 'The scenario has problems; each is listed with its own code. Correct them.',
  SCENARIO_LIST_LENGTH: 'A list has too few or too many elements. Give as many as the message says.',
  SCENARIO_MATRIX_SIZE:
    'The matrix of delays has not one row and one column for each city and observer. Complete it, or correct topology.cities.',
  SCENARIO_NAME_MALFORMED: 'A name has letters that it must not have, or too many. Write it as the message says.',
  SCENARIO_NEVER: 'Something lies after the end of the run and would never happen. Move it, or end the run later.',
  SCENARIO_NOT_YAML: 'The text is neither YAML nor JSON. Correct the line that the message names.',
  SCENARIO_NO_EFFECT: 'Something is asked for that changes nothing. Say what shall change, or remove it.',
  SCENARIO_NO_END: '`stop` names no end. Give at, when, converged or events, or leave it out: a run ends after 5m.',
  SCENARIO_NUMBER_OUT_OF_RANGE: 'The number is outside of its range. Choose one within it.',
  SCENARIO_PLACES_MISSING:
    'Latency by geography needs places. Write placement: china in the topology, or choose another latency.',
  SCENARIO_STRATEGY_UNKNOWN:
    'There is no adversary of this name. Use one that docs/simulating/adversaries.md lists, or register the plug-in.',
  SCENARIO_SWEEP_PATH_UNKNOWN: 'The path leads to no field of a scenario. Correct it: topology.link.loss.',
  SCENARIO_SWEEP_VALUE: 'With this value the scenario would not be valid. Correct or remove the value.',
  SCENARIO_TOO_OFTEN: 'A time of nothing would make it happen without end at one moment. Give a time above 0.',
  SCENARIO_TYPE_WRONG: 'The value is of the wrong kind. Write it as the message says.',
  SWARM_STATE_UNREADABLE:
    'A swarm cannot go on from this state. Delete the file to begin anew, or give another --state.',
  SWEEP_DIFFERS:
    'The output directory has the progress of another sweep. Give another --out, or delete the file that the message names.',
  TRACE_UNREADABLE: 'A trace cannot be read. Make one with hansa-sim run --trace.',
  USAGE: 'The command line is wrong. See hansa-sim --help.',
} as const;

export type SimErrorCode = keyof typeof errorCodes;
