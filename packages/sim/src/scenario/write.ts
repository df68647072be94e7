import { Document, isMap, isSeq, visit } from 'yaml';
import type { Scenario } from './schema.ts';

/** What fits into so many letters stands on one line. */
const LINE_LETTERS = 76;

export interface YamlOptions {
  /** Where editors find the schema: a path or a URL, for the first line. */
  readonly schema?: string;
}

/** The text of a scenario file: as short as it can be read, and read back as the same scenario. */
export function scenarioYaml(scenario: Scenario, { schema }: YamlOptions = {}): string {
  const document = new Document(scenario, { version: '1.2', aliasDuplicateObjects: false });
  const root = document.contents;
  visit(document, {
    Collection(_, node, path) {
      if (node === root) return;
      // Faults and adversaries have a line each, however few they are.
      const isList = path.at(-2) === root && isSeq(node) && node.items.every((item) => isMap(item));
      if (!isList && JSON.stringify(node).length <= LINE_LETTERS) node.flow = true;
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  return schema === undefined ? text : `# yaml-language-server: $schema=${schema}\n${text}`;
}
