/**
 * Work on the database, written once for every engine: it yields one statement after the other and goes on with what each
 * answers. It can wait for nothing else, so that an engine may take it in one turn, and no transaction is held by anything
 * but its own statements.
 */
import type { Row } from "./columns.ts";

export type Value = string | number | null | Uint8Array;

/** `?` stands for a parameter. Only SQL that every engine takes. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Value[];
  /** `first`: no row after the first is wanted. `count`: how many rows it changed. */
  readonly wants: "all" | "first" | "count";
}

export interface Answer {
  readonly rows: readonly Row[];
  readonly count: number;
}

export type Steps<T> = Generator<Statement, T, Answer>;

export function* all(sql: string, ...parameters: Value[]): Steps<readonly Row[]> {
  return (yield { sql, parameters, wants: "all" }).rows;
}

/** The first row; null when there is none. */
export function* get(sql: string, ...parameters: Value[]): Steps<Row | null> {
  return (yield { sql, parameters, wants: "first" }).rows[0] ?? null;
}

/** Answers how many rows changed. */
export function* run(sql: string, ...parameters: Value[]): Steps<number> {
  return (yield { sql, parameters, wants: "count" }).count;
}

/** Takes all steps at once. What a statement throws is thrown where it was yielded. */
export function takeSteps<T>(steps: Steps<T>, ask: (statement: Statement) => Answer): T {
  let step = steps.next();
  while (step.done !== true) {
    let answer: Answer;
    try {
      answer = ask(step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}

/** As {@link takeSteps}, with an engine that answers later. */
export async function takeStepsInTime<T>(steps: Steps<T>, ask: (statement: Statement) => Promise<Answer>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    let answer: Answer;
    try {
      answer = await ask(step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}
