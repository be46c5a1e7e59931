/**
 * A parser for the small part of Python that recorded cases are written in. What is outside of it is NotExpressible.
 *
 *   program    = { statement }
 *   statement  = simple { ";" simple } newline
 *              | "with" expression ":" suite
 *              | "class" name [ "(" [ expression { "," expression } ] ")" ] ":" suite
 *              | "def" name "(" name { "," name } ")" ":" suite
 *   suite      = simple { ";" simple } newline | newline indent { statement } dedent
 *   simple     = "pass" | "import" name { "." name } [ "as" name ] | "return" expression
 *              | expression [ ( "=" | "+=" | "-=" | "*=" | "/=" ) expression ]
 *   expression = test { "," test }                         (with a comma: a tuple)
 *   test       = sum [ ( "is" | "==" ) sum ]
 *   sum        = product { ( "+" | "-" ) product }
 *   product    = factor { ( "*" | "/" | "@" ) factor }
 *   factor     = "-" factor | primary [ "**" factor ]
 *   primary    = atom { "." name | "[" expression "]" | "(" [ arguments ] ")" }
 *   atom       = number | string | "f" string | name | "(" [ expression ] ")" | "[" [ items ] "]" | "{" [ pairs ] "}"
 *   items      = test { "," test } | test loop             (a bare loop may be a call's only argument)
 *   pairs      = test ":" test { "," test ":" test } | test ":" test loop
 *   loop       = "for" name { "," name } "in" test
 *   arguments  = argument { "," argument }                 argument = [ name "=" ] test
 */
import { PyFloat } from '../../../src/torch/python/values';
import { formatParts } from './format';
import { type Argument, type Expression, type Loop, NotExpressible, type Statement } from './syntax';
import { type Token, tokenize } from './tokens';

const constants: ReadonlyMap<string, null | boolean> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
]);
/** Words that begin or join what the grammar lacks. */
const reserved = new Set(
  'and assert async await break continue def del elif else except finally from global if lambda nonlocal not or raise try while yield'.split(
    ' ',
  ),
);

export function parse(source: string): Statement[] {
  return new Parser(tokenize(source)).program();
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  program(): Statement[] {
    const statements: Statement[] = [];
    while (this.next.kind !== 'end') statements.push(...this.statement());
    return statements;
  }

  private get next(): Token {
    return this.tokens[this.at];
  }

  private take(text: string): boolean {
    const found = this.next.text === text && this.next.kind !== 'string';
    if (found) this.at++;
    return found;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new NotExpressible(`${JSON.stringify(this.next.text)} where ${text} was due`);
  }

  private kind(kind: Token['kind']): string {
    const { next } = this;
    if (next.kind !== kind) throw new NotExpressible(`${JSON.stringify(next.text)} where a ${kind} was due`);
    this.at++;
    return next.text;
  }

  private ended(kind: Token['kind']): boolean {
    return this.next.kind === kind;
  }

  private statement(): Statement[] {
    if (this.take('with')) {
      const context = this.test();
      return [{ kind: 'with', context, body: this.suite() }];
    }
    if (this.take('class')) {
      const name = this.kind('name');
      const bases = this.take('(') ? this.list(')', () => this.test()) : [];
      return [{ kind: 'class', name, bases, body: this.suite() }];
    }
    if (this.take('def')) {
      const name = this.kind('name');
      this.expect('(');
      const parameters = this.list(')', () => this.kind('name'));
      return [{ kind: 'def', name, parameters, body: this.suite() }];
    }
    return this.simpleLine();
  }

  private suite(): Statement[] {
    this.expect(':');
    if (this.next.kind !== 'newline') return this.simpleLine();
    this.kind('newline');
    this.kind('indent');
    const body: Statement[] = [];
    while (!this.ended('dedent')) body.push(...this.statement());
    this.kind('dedent');
    return body;
  }

  private simpleLine(): Statement[] {
    const statements = [this.simple()];
    while (this.take(';')) if (this.next.kind !== 'newline') statements.push(this.simple());
    this.kind('newline');
    return statements;
  }

  private simple(): Statement {
    if (this.take('pass')) return { kind: 'pass' };
    if (this.take('import')) {
      let module = this.kind('name');
      while (this.take('.')) module += `.${this.kind('name')}`;
      return { kind: 'import', module, as: this.take('as') ? this.kind('name') : module };
    }
    if (this.take('return')) return { kind: 'return', value: this.expression() };
    const target = this.expression();
    if (this.take('=')) return { kind: 'assign', target, value: this.expression() };
    for (const operator of ['+', '-', '*', '/'])
      if (this.take(`${operator}=`)) return { kind: 'augment', target, operator, value: this.expression() };
    return { kind: 'expression', value: target };
  }

  private expression(): Expression {
    const first = this.test();
    if (this.next.text !== ',') return first;
    const items = [first];
    while (this.take(',')) if (!this.atEnd()) items.push(this.test());
    return { kind: 'tuple', items };
  }

  private atEnd(): boolean {
    return this.next.kind === 'newline' || [')', ']', '}', ';', '='].includes(this.next.text);
  }

  private test(): Expression {
    const left = this.sum();
    for (const operator of ['is', '==']) {
      if (this.take(operator)) return { kind: 'binary', operator, left, right: this.sum() };
    }
    return left;
  }

  private sum(): Expression {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Expression {
    return this.chain(['*', '/', '@'], () => this.factor());
  }

  private chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((text) => this.take(text));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  private factor(): Expression {
    if (this.take('-')) return { kind: 'minus', of: this.factor() };
    const base = this.primary();
    return this.take('**') ? { kind: 'binary', operator: '**', left: base, right: this.factor() } : base;
  }

  private primary(): Expression {
    let of = this.atom();
    for (;;) {
      if (this.take('.')) of = { kind: 'attribute', of, name: this.kind('name') };
      else if (this.take('[')) {
        of = { kind: 'item', of, index: this.expression() };
        this.expect(']');
      } else if (this.take('(')) of = { kind: 'call', of, args: this.list(')', () => this.argument()) };
      else return of;
    }
  }

  private argument(): Argument {
    const value = this.test();
    if (this.next.text === 'for') {
      return { value: { kind: 'each', form: 'list', loop: this.loop(value) } };
    }
    return value.kind === 'name' && this.take('=') ? { name: value.name, value: this.test() } : { value };
  }

  private atom(): Expression {
    const { next } = this;
    if (next.kind === 'number') {
      this.at++;
      const value = /^\d+$/.test(next.text) ? Number(next.text) : new PyFloat(Number(next.text));
      return { kind: 'literal', value };
    }
    if (next.kind === 'string') {
      this.at++;
      return next.text.startsWith('f')
        ? formatString(next.text)
        : { kind: 'literal', value: unquoted(next.text) };
    }
    if (this.take('(')) {
      if (this.take(')')) return { kind: 'tuple', items: [] };
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) return this.listDisplay();
    if (this.take('{')) return this.dictDisplay();
    const name = this.kind('name');
    if (reserved.has(name)) throw new NotExpressible(name);
    const constant = constants.get(name);
    return constant === undefined ? { kind: 'name', name } : { kind: 'literal', value: constant };
  }

  private listDisplay(): Expression {
    if (this.take(']')) return { kind: 'list', items: [] };
    const first = this.test();
    if (this.next.text === 'for') {
      const loop = this.loop(first);
      this.expect(']');
      return { kind: 'each', form: 'list', loop };
    }
    return { kind: 'list', items: [first, ...this.more(']', () => this.test())] };
  }

  private dictDisplay(): Expression {
    const pair = (): [Expression, Expression] => {
      const key = this.test();
      this.expect(':');
      return [key, this.test()];
    };
    if (this.take('}')) return { kind: 'dict', items: [] };
    const first = pair();
    if (this.next.text === 'for') {
      const loop = this.loop(first[1], first[0]);
      this.expect('}');
      return { kind: 'each', form: 'dict', loop };
    }
    return { kind: 'dict', items: [first, ...this.more('}', pair)] };
  }

  private loop(value: Expression, key?: Expression): Loop {
    this.expect('for');
    const targets = [this.kind('name')];
    while (this.take(',')) targets.push(this.kind('name'));
    this.expect('in');
    return { value, targets, over: this.test(), ...(key && { key }) };
  }

  /** What follows the first item, up to and with the closing bracket. */
  private more<T>(close: string, item: () => T): T[] {
    if (this.take(',')) return this.list(close, item);
    this.expect(close);
    return [];
  }

  /** Comma-separated, up to and with the closing bracket. */
  private list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.take(close)) {
      items.push(item());
      if (!this.take(',')) {
        this.expect(close);
        break;
      }
    }
    return items;
  }
}

function formatString(text: string): Expression {
  const parts = formatParts(unquoted(text.slice(1))).map((part) => {
    if (typeof part === 'string') return part;
    const [statement] = parse(part.source);
    if (statement.kind !== 'expression') throw new NotExpressible(`the f-string ${text}`);
    return { value: statement.value, spec: part.spec };
  });
  return { kind: 'format', parts };
}

/** Escapes beyond quotes and backslashes do not occur in the cases. */
function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (/\\[^\\'"]/.test(inner)) throw new NotExpressible(`the string ${text}`);
  return inner.replace(/\\(.)/g, '$1');
}
