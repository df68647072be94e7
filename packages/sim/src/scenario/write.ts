import { Document, isCollection, isScalar, type Node, visit } from 'yaml';
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
  visit(document, {
    Collection(key, node, path) {
      // The scenario itself and its lists of faults and adversaries stay open, whatever their size.
      const depth = path.filter((each) => isCollection(each)).length;
      if (depth === 0) return;
      const list = depth === 1 && !('get' in node && isScalar(key)) && isListOfGroups(node);
      if (!list && lettersOf(node) <= LINE_LETTERS) node.flow = true;
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  return schema === undefined ? text : `# yaml-language-server: $schema=${schema}\n${text}`;
}

function isListOfGroups(node: Node): boolean {
  return isCollection(node) && node.items.every((item) => isCollection(item));
}

function lettersOf(node: Node): number {
  return JSON.stringify(node).length;
}
