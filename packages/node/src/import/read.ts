import { HansaError } from '@hansa/protocol';
import { type Account, readAccountRow } from './account-row.ts';
import { type BlacklistDraft, type ListingContext, type RowResult, readBlacklistRow } from './blacklist-row.ts';
import type { IdentityContext } from './citizen-number.ts';
import { decodeText } from './decoding.ts';
import { readJsonRows } from './json-rows.ts';
import type { FileForm, Mapping, MappingSection } from './mapping.ts';
import type { RowReader, SourceRow } from './rows.ts';
import { readTableRows } from './table-rows.ts';

/**
 * The rows of a blacklist export, in order, read no faster than they are taken: memory does not grow with the file.
 *
 * Throws MAPPING_LACKS_KIND; ImportStopped (with the line) where the file cannot be read on.
 */
export function readBlacklist(
  source: AsyncIterable<Uint8Array>,
  mapping: Mapping,
  context: ListingContext,
): AsyncGenerator<RowResult<BlacklistDraft>> {
  const section = sectionOf(mapping.blacklist, mapping, 'blacklist');
  return results(source, section, (row) => readBlacklistRow(row, section.fields, context));
}

/** The rows of an export of accounts; as `readBlacklist`. */
export function readAccounts(
  source: AsyncIterable<Uint8Array>,
  mapping: Mapping,
  context: IdentityContext,
): AsyncGenerator<RowResult<Account>> {
  const section = sectionOf(mapping.accounts, mapping, 'accounts');
  return results(source, section, (row) => readAccountRow(row, section.fields, context));
}

function sectionOf<Fields>(
  section: MappingSection<Fields> | undefined,
  mapping: Mapping,
  kind: string,
): MappingSection<Fields> {
  if (section !== undefined) return section;
  throw new HansaError(
    'MAPPING_LACKS_KIND',
    `The mapping ${mapping.centre} has no part "${kind}". Add it, or choose another mapping.`,
  );
}

async function* results<T, Fields extends object>(
  source: AsyncIterable<Uint8Array>,
  section: MappingSection<Fields>,
  read: (row: SourceRow) => RowResult<T>,
): AsyncGenerator<RowResult<T>> {
  const columns = Object.values(section.fields).flatMap((field: { column?: string }) => field.column ?? []);
  for await (const row of openRows(source, section.file, columns)) {
    if ('broken' in row) yield { line: row.line, refusal: { line: row.line, ...row.broken } };
    else yield read(row);
  }
}

/** Rows of any of the forms, before any meaning. */
export function openRows(source: AsyncIterable<Uint8Array>, form: FileForm, columns: readonly string[]): RowReader {
  const text = decodeText(source, form.encoding);
  if (form.format === 'jsonl') return readJsonRows(text);
  return readTableRows(text, { delimiter: form.format === 'tsv' ? '\t' : (form.delimiter ?? ','), columns });
}
