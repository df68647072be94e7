// Finds the guards that the sources mark, and says how to delete each of them.
//
// A guard is marked by a comment at its end, or on the line above it: `// guard: C3 what it holds up`. To delete a
// guard is to make it let everything through:
//
//   if (late) return reject(...);            // guard: C3 ...     the condition becomes false
//   a === b &&                               // guard: C3 ...     the operand of && becomes true, of || false
//   return held ? 'valid' : 'invalid';       // guard: C3 ...     the condition becomes true
//   return equalBytes(a, b);                 // guard: C3 ...     the value becomes true
//   invariant(sequence === next, '...');     // guard: R3 ...     the statement is dropped
import ts from 'typescript';

const marker = /^\/\/ guard: ([A-Z]\d+)\b\s*(.*)$/;

/**
 * @typedef {{ rule: string, text: string, line: number, start: number, end: number, replacement: string }} Guard
 * @param {string} path for messages
 * @param {string} source
 * @returns {{ guards: Guard[], problems: string[] }} `problems`: marks that stand at nothing that can be deleted
 */
export function findGuards(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const guards = [];
  const problems = [];
  for (const { start, text } of lineComments(file)) {
    if (!/^\/\/ ?guard\b/.test(text)) continue;
    const line = file.getLineAndCharacterOfPosition(start).line;
    const match = marker.exec(text);
    const edit = match === null ? undefined : mutation(file, start, line);
    if (match === null || edit === undefined) {
      problems.push(`${path}:${line + 1}: no guard can be deleted here: ${text}`);
      continue;
    }
    guards.push({ rule: match[1], text: match[2], line: line + 1, ...edit });
  }
  return { guards, problems };
}

/**
 * The source without this guard.
 * @param {string} source
 * @param {Guard} guard
 * @returns {string}
 */
export function withoutGuard(source, guard) {
  return source.slice(0, guard.start) + guard.replacement + source.slice(guard.end);
}

/** Every `//` comment that is one: not inside strings, templates or regular expressions. */
export function lineComments(file) {
  const source = file.text;
  const found = new Map();
  const visit = (node) => {
    for (const ranges of [
      ts.getLeadingCommentRanges(source, node.getFullStart()),
      ts.getTrailingCommentRanges(source, node.getEnd()),
    ]) {
      for (const range of ranges ?? []) {
        if (range.kind !== ts.SyntaxKind.SingleLineCommentTrivia) continue;
        found.set(range.pos, { start: range.pos, text: source.slice(range.pos, range.end) });
      }
    }
    // Tokens (`&&`, `)`, `}`) carry comments too, so walk over all children, not only the named ones.
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function mutation(file, commentStart, commentLine) {
  const lineStart = file.getPositionOfLineAndCharacter(commentLine, 0);
  const ownLine = file.text.slice(lineStart, commentStart).trim() === '';
  const line = ownLine ? commentLine + 1 : commentLine;
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line;
  let operand;
  let starting;
  let headed;
  let ending;
  const visit = (node) => {
    const start = node.getStart(file);
    const end = node.getEnd();
    if (!ownLine && isOperand(node) && lineOf(end) === line && end <= commentStart) operand ??= node;
    if (isDeletable(node)) {
      if (lineOf(start) === line && (ownLine || start < commentStart)) starting ??= node;
      // A condition over several lines: the mark stands behind its closing parenthesis.
      if (ts.isIfStatement(node) && lineOf(node.thenStatement.getStart(file)) === line) headed = node;
      if (!ownLine && lineOf(end) === line && end <= commentStart) ending = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  // `) return ...;` ends a condition that began above: the guard is the whole `if`, not its `return`.
  if (headed !== undefined && lineOf(headed.getStart(file)) < line && operand === undefined) return edit(file, headed);
  if (starting !== undefined) return edit(file, starting);
  if (operand !== undefined) {
    const or = operand.parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return replace(file, operand, or ? 'false' : 'true');
  }
  return ending === undefined ? undefined : edit(file, ending);
}

function isOperand(node) {
  const { parent } = node;
  if (parent === undefined || !ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  const logical = kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
  // Of a && b && c, which nests to the left, only a, b and c are operands.
  const chain = ts.isBinaryExpression(node) && node.operatorToken.kind === kind;
  return logical && !chain && (node === parent.left || node === parent.right);
}

function isDeletable(node) {
  return (
    ts.isIfStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node)
  );
}

function edit(file, node) {
  if (ts.isIfStatement(node)) return replace(file, node.expression, 'false');
  if (ts.isExpressionStatement(node)) return replace(file, node, ';');
  const value = ts.isReturnStatement(node) ? node.expression : node.declarationList.declarations[0]?.initializer;
  if (value === undefined) return undefined;
  return replace(file, ts.isConditionalExpression(value) ? value.condition : value, 'true');
}

function replace(file, node, replacement) {
  return { start: node.getStart(file), end: node.getEnd(), replacement };
}
