import { readdir, readFile } from 'node:fs/promises';
import { HansaError } from '@hansa/protocol';
import { parseDocument } from 'yaml';
import { compileSchema, describeProblems } from '../schema.ts';
import type { DateFormat, MonthFormat } from './dates.ts';
import type { Encoding } from './decoding.ts';
import type { MoneyUnit } from './money.ts';
import type { RateUnit } from './rate.ts';
import type { delimiters } from './table-rows.ts';
import type { AccountStatus, Behaviour, IdentityType, SeverityName, SubjectKind } from './vocabulary.ts';

/** How a centre's exports are read: `data/mapping.schema.json`, described in `docs/operating/importing.md`. */
export interface Mapping {
  readonly format: 'hansa-mapping/1';
  readonly centre: string;
  readonly blacklist?: MappingSection<BlacklistFields>;
  readonly accounts?: MappingSection<AccountFields>;
}

export interface MappingSection<Fields> {
  readonly file: FileForm;
  readonly fields: Fields;
}

export interface FileForm {
  readonly format: 'csv' | 'tsv' | 'jsonl';
  readonly encoding: Encoding;
  readonly delimiter?: (typeof delimiters)[number];
}

export interface ColumnField {
  readonly column: string;
}
export interface ConstantField<Word extends string = string> {
  readonly constant: Word;
}
export interface CodeField<Word extends string> extends ColumnField {
  /** The meaning of each admitted code. */
  readonly values: Readonly<Record<string, Word>>;
}
export interface DateField extends ColumnField {
  readonly format: DateFormat;
}
export interface MonthField extends ColumnField {
  readonly format: MonthFormat;
}
export interface MoneyField extends ColumnField {
  readonly unit: MoneyUnit;
}
export interface RateField extends ColumnField {
  readonly unit: RateUnit;
}

export interface BlacklistFields {
  readonly subjectKind: CodeField<SubjectKind> | ConstantField<SubjectKind>;
  readonly name: ColumnField | ConstantField;
  readonly identityType: CodeField<IdentityType>;
  readonly identityNumber: ColumnField;
  readonly behaviour: CodeField<Behaviour>;
  readonly severity: CodeField<SeverityName>;
  readonly amount?: MoneyField;
  readonly judgementNumber: ColumnField;
  readonly noticeDate: DateField;
  readonly objectionUntil: DateField;
  readonly decidedOn: DateField;
  readonly restrictUntil: DateField;
  readonly handler: ColumnField;
  readonly approver: ColumnField;
  readonly catalogueRef: ColumnField | ConstantField;
}

export interface AccountFields {
  readonly accountNumber: ColumnField;
  readonly name: ColumnField;
  readonly identityType: CodeField<IdentityType>;
  readonly identityNumber: ColumnField;
  readonly employerName: ColumnField;
  readonly employerCode: ColumnField;
  readonly openedOn: DateField;
  readonly base: MoneyField;
  readonly employerRate: RateField;
  readonly personalRate: RateField;
  readonly monthlyDeposit: MoneyField;
  readonly balance: MoneyField;
  readonly status: CodeField<AccountStatus>;
  readonly paidThrough: MonthField;
  readonly continuousMonths: ColumnField;
  readonly loanOutstanding: MoneyField;
  readonly loanTotal?: MoneyField;
  readonly loanCount: ColumnField;
}

const builtInDirectory = new URL('../../data/mappings/', import.meta.url);

/**
 * A mapping from the text of its file.
 *
 * Throws MAPPING_NOT_YAML, or MAPPING_INVALID with every field that is wrong and what is expected there.
 */
export function parseMapping(text: string): Mapping {
  // The failsafe schema makes every scalar a text: in YAML's core schema the code 01 would be the number 1.
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    throw new HansaError(
      'MAPPING_NOT_YAML',
      `The mapping is not valid YAML at line ${line} (${error.code}). Correct that line.`,
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new HansaError(
      'MAPPING_NOT_YAML',
      'The mapping refers to its own parts without end, or to unknown ones. Write them out.',
      { cause },
    );
  }
  const validate = compileSchema<Mapping>('mapping.schema.json');
  if (!validate(value)) {
    throw new HansaError(
      'MAPPING_INVALID',
      `The mapping is not valid: ${describeProblems(validate.errors).join('; ')}. See docs/operating/importing.md.`,
    );
  }
  return value;
}

/** Names of the mappings that ship with Hansa, sorted. */
export async function builtInMappings(): Promise<string[]> {
  const names = await readdir(builtInDirectory);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Throws MAPPING_UNKNOWN with the names there are. */
export async function builtInMapping(name: string): Promise<Mapping> {
  const names = await builtInMappings();
  if (!names.includes(name)) {
    throw new HansaError(
      'MAPPING_UNKNOWN',
      `There is no built-in mapping of this name. Use one of ${names.join(', ')}, or name a file.`,
    );
  }
  return parseMapping(await readFile(new URL(`${name}.yaml`, builtInDirectory), 'utf8'));
}

/** The name of a built-in mapping, or the text of a mapping file (which has more than one line). */
export async function mappingFrom(nameOrText: string): Promise<Mapping> {
  return nameOrText.includes('\n') ? parseMapping(nameOrText) : builtInMapping(nameOrText.trim());
}
