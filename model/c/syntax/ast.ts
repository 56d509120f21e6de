/** What of C the checker reads, without types. `at` is an offset into the source text. */
export type Expr =
  | {
      readonly kind: "name";
      readonly name: string;
      /** A call gives it to the function in whose body it stands for a parameter. */
      readonly given?: true;
    }
  /** A literal, or text that is none of the other kinds. */
  | { readonly kind: "literal"; readonly text: string }
  | CallExpr
  | { readonly kind: "member"; readonly base: Expr; readonly field: string; readonly arrow: boolean }
  | { readonly kind: "index"; readonly base: Expr; readonly index: Expr }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expr }
  | {
      readonly kind: "step";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly operand: Expr;
      readonly at: number;
    }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | AssignExpr
  | {
      readonly kind: "conditional";
      readonly test: Expr;
      readonly yes?: Expr;
      readonly no: Expr;
      readonly at: number;
    }
  | { readonly kind: "comma"; readonly left: Expr; readonly right: Expr }
  /** A statement expression, `({ ... })`. */
  | { readonly kind: "block"; readonly body: readonly Stmt[] }
  /** Initialisers and compound literals: evaluated, of unknown value. */
  | { readonly kind: "list"; readonly items: readonly Expr[] };

export interface CallExpr {
  readonly kind: "call";
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly at: number;
}

export interface AssignExpr {
  readonly kind: "assign";
  /** `=`, `+=`, ... */
  readonly operator: string;
  readonly left: Expr;
  readonly right: Expr;
  readonly at: number;
}

export type Stmt =
  | { readonly kind: "block"; readonly body: readonly Stmt[]; readonly end: number }
  | { readonly kind: "expression"; readonly value: Expr; readonly at: number }
  | { readonly kind: "declare"; readonly name: string; readonly value?: Expr; readonly at: number }
  | { readonly kind: "if"; readonly test: Expr; readonly yes: Stmt; readonly no?: Stmt; readonly at: number }
  | { readonly kind: "while"; readonly test: Expr; readonly body: Stmt; readonly at: number }
  | { readonly kind: "do"; readonly test: Expr; readonly body: Stmt; readonly at: number }
  | ForStmt
  /** A macro that takes a statement: list_for_each_entry, scoped_guard. */
  | {
      readonly kind: "macro";
      readonly name: string;
      readonly args: readonly Expr[];
      readonly body: Stmt;
      readonly at: number;
    }
  | { readonly kind: "switch"; readonly subject: Expr; readonly body: Stmt; readonly at: number }
  /** A case label; of default where it has no value. */
  | { readonly kind: "case"; readonly value?: Expr; readonly at: number }
  | { readonly kind: "label"; readonly name: string; readonly at: number }
  | { readonly kind: "goto"; readonly name: string; readonly at: number }
  /** `goto *p;` */
  | { readonly kind: "computed goto"; readonly at: number }
  /** Assembly that may jump to one of these labels; to any where none could be read. */
  | { readonly kind: "asm goto"; readonly labels: readonly string[]; readonly at: number }
  | { readonly kind: "break" | "continue"; readonly at: number }
  | { readonly kind: "return"; readonly value?: Expr; readonly at: number }
  /** Text that could not be read as C. */
  | { readonly kind: "unreadable"; readonly text: string; readonly at: number };

export interface ForStmt {
  readonly kind: "for";
  readonly first?: Stmt;
  readonly test?: Expr;
  readonly advance?: Expr;
  readonly body: Stmt;
  readonly at: number;
}

/** The called function's name, where the callee is one. */
export function calleeName(call: CallExpr): string | undefined {
  return call.callee.kind === "name" ? call.callee.name : undefined;
}

/** The expressions between the commas. */
export function commaItems(expression: Expr): readonly Expr[] {
  if (expression.kind !== "comma") return [expression];
  return [...commaItems(expression.left), ...commaItems(expression.right)];
}
