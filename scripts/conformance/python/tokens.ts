/** Python source as tokens; indentation becomes `indent` and `dedent`, as in CPython's tokenizer. */
import { NotExpressible } from './syntax';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', /f?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/y],
  ['number', /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?/y],
  ['name', /[A-Za-z_][A-Za-z_0-9]*/y],
  ['operator', /\*\*|==|[-+*/]=|->|[-+*/@%()[\]{},.:;=]/y],
];

/** Throws NotExpressible for a character that is none of these. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  let depth = 0;
  for (const line of source.split('\n')) {
    const code = line.trimStart();
    if (depth === 0 && code !== '') indentTo(line.length - code.length, indents, tokens);
    for (const token of lineTokens(code)) {
      if ('([{'.includes(token.text)) depth++;
      if (')]}'.includes(token.text)) depth--;
      tokens.push(token);
    }
    if (depth === 0 && code !== '') tokens.push({ kind: 'newline', text: '\n' });
  }
  indentTo(0, indents, tokens);
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function indentTo(width: number, indents: number[], tokens: Token[]): void {
  if (width > indents[indents.length - 1]) {
    indents.push(width);
    tokens.push({ kind: 'indent', text: '' });
  }
  while (width < indents[indents.length - 1]) {
    indents.pop();
    tokens.push({ kind: 'dedent', text: '' });
  }
}

function* lineTokens(code: string): IterableIterator<Token> {
  let at = 0;
  while (at < code.length) {
    if (code[at] === ' ') {
      at++;
      continue;
    }
    const start = at;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(code);
      if (!found) continue;
      yield { kind, text: found[0] };
      at += found[0].length;
      break;
    }
    if (at === start) throw new NotExpressible(`the character ${code[at]}`);
  }
}
