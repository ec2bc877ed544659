/**
 * Work on the database, written once for every engine: it yields one statement after the other, or a few that do not wait for
 * each other, and goes on with what each answers. It can wait for nothing else, so that an engine may take it in one turn, and
 * no transaction is held by anything but its own statements.
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

/** Each step is one statement, or several of which none waits for the answer to another. */
export type Steps<T> = Generator<readonly Statement[], T, readonly Answer[]>;

function* ask(statement: Statement): Steps<Answer> {
  const [answer] = yield [statement];
  return answer ?? { rows: [], count: 0 };
}

/** A statement that answers all of its rows. */
export function rowsOf(sql: string, ...parameters: Value[]): Statement {
  return { sql, parameters, wants: "all" };
}

export function* all(sql: string, ...parameters: Value[]): Steps<readonly Row[]> {
  return (yield* ask(rowsOf(sql, ...parameters))).rows;
}

/** The first row; null when there is none. */
export function* get(sql: string, ...parameters: Value[]): Steps<Row | null> {
  return (yield* ask({ sql, parameters, wants: "first" })).rows[0] ?? null;
}

/** Answers how many rows changed. */
export function* run(sql: string, ...parameters: Value[]): Steps<number> {
  return (yield* ask({ sql, parameters, wants: "count" })).count;
}

/** Asks several statements at once where the engine can; null asks nothing. Answers the rows of each, none for null. */
export function* together(statements: readonly (Statement | null)[]): Steps<(statement: Statement | null) => readonly Row[]> {
  const asked = statements.filter((statement) => statement !== null);
  const answers = asked.length === 0 ? [] : yield asked;
  const rows = new Map<Statement | null, readonly Row[]>(asked.map((statement, index) => [statement, answers[index]?.rows ?? []]));
  return (statement) => rows.get(statement) ?? [];
}

/** Takes all steps at once. What a statement throws is thrown where it was yielded. */
export function takeSteps<T>(steps: Steps<T>, answerTo: (statement: Statement) => Answer): T {
  let step = steps.next();
  while (step.done !== true) {
    let answers: readonly Answer[];
    try {
      answers = step.value.map(answerTo);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answers);
  }
  return step.value;
}

/** As {@link takeSteps}, with an engine that answers later. */
export async function takeStepsInTime<T>(steps: Steps<T>, answerTo: (statement: Statement) => Promise<Answer>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    let answers: readonly Answer[];
    try {
      answers = await Promise.all(step.value.map(answerTo));
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answers);
  }
  return step.value;
}
