/** The mapping of a job: what rows of the source become, field by field. */
import { setImmediate } from "node:timers/promises";
import type { Evaluated } from "../../shared/contract/jobs.ts";
import { fail, succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { FieldMapping, JobTarget } from "../../shared/model/job.ts";
import type { TransformBeginning } from "../../shared/model/transform.ts";
import { createTurns } from "../../shared/turns.ts";
import { syntaxFault, type ExpressionAnswer } from "./expression-language.ts";
import type { Expressions, SourceRow } from "./expressions.ts";
import { isBlank, openStep, takeSteps, VALUE_LIMIT, withoutCase, withoutEdges, type Refused } from "./transforms.ts";

export interface MappingDeps {
  /** The moment of the run, epoch milliseconds: the same for every row. */
  readonly now: number;
  readonly computerName: string;
  readonly expressions: Pick<Expressions, "open">;
}

export interface OpenedMapping {
  /**
   * For each row a value or an issue for each field, in the order of the mapping; a blank is no issue. What `unique` has numbered is
   * remembered from one call to the next, and calls run one after another. Fails with `cancelled` alone, and is opened anew after that.
   */
  rows(rows: readonly SourceRow[], signal: AbortSignal): Promise<Result<readonly (readonly Evaluated[])[]>>;
}

type Begun = string | Refused;
/** Beginnings of values for some rows. */
type Begin = (rows: readonly SourceRow[], signal: AbortSignal) => Promise<Result<readonly Begun[]>>;

/** Rows after which others have their turn. */
const ROWS_AT_ONCE = 1_000;
const VARIABLE = /%(NOW|TODAY|COMPUTERNAME)%/gi;

const columnKey = (name: string) => withoutCase(withoutEdges(name));
const columnMissing = (column: string): Refused => ({ code: "column-missing", facts: { column } });
const issueOf = (target: JobTarget, { code, facts }: Refused): Issue => ({ path: [target], code, facts });

/** The first column of that name, but for case and edges; null where there is none. */
function findColumn(name: string, columns: readonly string[]): string | null {
  return columns.find((column) => columnKey(column) === columnKey(name)) ?? null;
}

/** The column of that very name, else as {@link findColumn} has it, looked up once for rows that have it by the same one. */
function openColumn(name: string): (row: SourceRow) => Begun {
  let known = name;
  return (row) => {
    if (Object.hasOwn(row, name)) known = name;
    else if (!Object.hasOwn(row, known)) known = findColumn(name, Object.keys(row)) ?? name;
    return (Object.hasOwn(row, known) ? row[known] : undefined) ?? columnMissing(name);
  };
}

/** The day where the console runs, as `2027-01-31`. */
function dayOf(now: number): string {
  const date = new Date(now);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function fillIn(text: string, { now, computerName }: MappingDeps): string {
  const values: Readonly<Record<string, string>> = { NOW: new Date(now).toISOString(), TODAY: dayOf(now), COMPUTERNAME: computerName };
  return text.replaceAll(VARIABLE, (place, name: string) => values[name.toUpperCase()] ?? place);
}

function begunBy(answer: ExpressionAnswer): Begun {
  switch (answer.kind) {
    case "text":
      return answer.text;
    case "wrong":
      return { code: "expression-wrong", facts: { code: answer.code, position: answer.position } };
    case "not-text":
      return { code: "expression-not-text", facts: {} };
    case "too-long":
      return { code: "longer-than", facts: { limit: VALUE_LIMIT } };
    case "stopped":
    default:
      return { code: "expression-too-long", facts: {} };
  }
}

function openBeginning(from: TransformBeginning, deps: MappingDeps): Begin {
  const eachRow =
    (begin: (row: SourceRow) => Begun): Begin =>
    async (rows) =>
      succeed(rows.map(begin));
  switch (from.kind) {
    case "column":
      return eachRow(openColumn(from.column));
    case "static": {
      const text = fillIn(from.text, deps);
      return eachRow(() => text);
    }
    case "join": {
      const columns = from.columns.map(openColumn);
      return eachRow((row) => {
        const parts = columns.map((column) => column(row));
        const texts = parts.filter((part) => typeof part === "string");
        return parts.find((part) => typeof part !== "string") ?? texts.filter((text) => !isBlank(text)).join(from.separator);
      });
    }
    case "expression":
    default: {
      const expression = deps.expressions.open(from.text, deps.now);
      return async (rows, signal) => {
        const answers = await expression.answers(rows, signal);
        return answers.ok ? succeed(answers.value.map(begunBy)) : answers;
      };
    }
  }
}

/** Opens a mapping for the rows of one run, or of one look at them. */
export function openMapping(mapping: readonly FieldMapping[], deps: MappingDeps): OpenedMapping {
  const fields = mapping.map(({ target, transform }) => ({ target, begin: openBeginning(transform.from, deps), steps: transform.steps.map(openStep) }));
  const inTurn = createTurns();

  async function evaluate(rows: readonly SourceRow[], signal: AbortSignal): Promise<Result<readonly (readonly Evaluated[])[]>> {
    const evaluated: Evaluated[][] = rows.map(() => []);
    for (const { target, begin, steps } of fields) {
      const begun = await begin(rows, signal);
      if (!begun.ok) return begun;
      for (const [index, text] of begun.value.entries()) {
        const value = takeSteps(text, steps);
        evaluated[index]?.push(typeof value === "string" ? { target, value, issue: null } : { target, value: null, issue: issueOf(target, value) });
      }
    }
    return succeed(evaluated);
  }

  async function inPortions(rows: readonly SourceRow[], signal: AbortSignal): Promise<Result<readonly (readonly Evaluated[])[]>> {
    const all: (readonly Evaluated[])[] = [];
    while (all.length < rows.length) {
      await setImmediate();
      if (signal.aborted) return fail({ kind: "cancelled" });
      const portion = await evaluate(rows.slice(all.length, all.length + ROWS_AT_ONCE), signal);
      if (!portion.ok) return portion;
      all.push(...portion.value);
    }
    return succeed(all);
  }

  return { rows: (rows, signal) => inTurn(() => inPortions(rows, signal)) };
}

function columnIssues(names: readonly string[], columns: readonly string[] | null): readonly Refused[] {
  const required: Refused = { code: "required", facts: {} };
  if (names.length === 0) return [required];
  return names.flatMap((name) => {
    if (isBlank(name)) return [required];
    return columns === null || findColumn(name, columns) !== null ? [] : [columnMissing(name)];
  });
}

function beginningIssues(from: TransformBeginning, columns: readonly string[] | null): readonly Refused[] {
  switch (from.kind) {
    case "column":
      return columnIssues([from.column], columns);
    case "join":
      return columnIssues(from.columns, columns);
    case "static":
      return [];
    case "expression":
    default: {
      if (isBlank(from.text)) return [{ code: "required", facts: {} }];
      const wrong = syntaxFault(from.text);
      return wrong === null ? [] : [{ code: "expression-wrong", facts: { code: wrong.code, position: wrong.position } }];
    }
  }
}

/**
 * What can be told of a mapping without a row, while it is typed: columns that are not chosen or not there, and expressions that are no
 * JSONata. Columns are not looked at where they are not known (null). The path of an issue is its target.
 */
export function mappingIssues(mapping: readonly FieldMapping[], columns: readonly string[] | null): readonly Issue[] {
  return mapping.flatMap(({ target, transform }) => beginningIssues(transform.from, columns).map((refused) => issueOf(target, refused)));
}
