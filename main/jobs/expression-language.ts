/** JSONata over a row of a source: what an expression may say, and what counts as an answer. */
import jsonata from "jsonata";
import { DEPTH_LIMIT, hold, LIST_LIMIT, TooLarge } from "./expression-limits.ts";
import { VALUE_LIMIT } from "./transforms.ts";

/** An expression that is no JSONata, or that failed at a row: JSONata's own code, and the character, from 1, that it names. */
export interface WrongExpression {
  readonly kind: "wrong";
  readonly code: string;
  readonly position: number;
}

/** What an expression made of a row; `too-long` also on the way to it; `stopped` where it came to no end. */
export type ExpressionAnswer =
  | { readonly kind: "text"; readonly text: string }
  | WrongExpression
  | { readonly kind: "not-text" }
  | { readonly kind: "too-long" }
  | { readonly kind: "stopped" };

/** Between the texts of a list. */
const LIST_SEPARATOR = ";";

/**
 * Functions that are taken out. `eval` would run what stands in a cell. `random` and `shuffle` would give a row another value each time:
 * what is applied is what was looked at.
 */
const WITHOUT = ["eval", "random", "shuffle"];

/** Errors of JSONata are objects with a code; those of the engine below it, such as for a wrong regular expression, have a name alone. */
function wrongBy(thrown: unknown): WrongExpression {
  const { code, name, position } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as { readonly code?: unknown; readonly name?: unknown; readonly position?: unknown };
  return {
    kind: "wrong",
    code: [code, name].find((word) => typeof word === "string") ?? "Error",
    position: typeof position === "number" ? Math.max(1, position) : 1,
  };
}

/** What is wrong with the writing of an expression; null where nothing is. It is not evaluated. */
export function syntaxFault(text: string): WrongExpression | null {
  try {
    jsonata(text);
    return null;
  } catch (error) {
    return wrongBy(error);
  }
}

function answerBy(result: unknown): ExpressionAnswer {
  if (result === undefined || result === null) return { kind: "text", text: "" };
  if (typeof result === "string") return result.length > VALUE_LIMIT ? { kind: "too-long" } : { kind: "text", text: result };
  // As `$string` writes numbers: 0.1 + 0.2 is 0.3.
  if (typeof result === "number" && Number.isFinite(result)) return { kind: "text", text: String(Number(result.toPrecision(15))) };
  if (typeof result === "boolean") return { kind: "text", text: String(result) };
  const isTexts = Array.isArray(result) && result.every((each) => typeof each === "string");
  if (!isTexts) return { kind: "not-text" };
  const length = result.reduce((sum, each) => sum + each.length + LIST_SEPARATOR.length, 0);
  return length > VALUE_LIMIT ? { kind: "too-long" } : { kind: "text", text: result.join(LIST_SEPARATOR) };
}

/** An expression that answers rows, at the same moment (`now`, epoch milliseconds) for each. May come to no end: for a thread that can be ended. */
export type RowExpression = (row: Readonly<Record<string, string>>) => Promise<ExpressionAnswer>;

export function openExpression(text: string, now: number): RowExpression | WrongExpression {
  let expression;
  try {
    expression = jsonata(text, { stack: DEPTH_LIMIT, sequence: LIST_LIMIT });
  } catch (error) {
    return wrongBy(error);
  }
  for (const name of WITHOUT) expression.assign(name, undefined);
  hold(expression, now);
  return async (row) => {
    try {
      // Without a prototype: what is no column is nothing.
      const result: unknown = await expression.evaluate(Object.assign(Object.create(null), row));
      return answerBy(result);
    } catch (error) {
      return error instanceof TooLarge ? { kind: "too-long" } : wrongBy(error);
    }
  };
}
