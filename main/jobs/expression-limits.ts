/**
 * JSONata kept from making much of little. A thread is ended at whatever takes long, but one large piece of memory that its heap does not
 * hold ends the whole process: V8 has no other answer to it (`Heap::FatalProcessOutOfMemory`). So no value grows so far.
 */
import jsonata from "jsonata";

/** Thrown by an expression that makes a value larger than it may be. */
export class TooLarge extends Error {}

/** Depth of calls: deep enough for what somebody means, and below what a thread's stack holds. */
export const DEPTH_LIMIT = 500;
/** Entries of a list that is made while an expression is evaluated. */
export const LIST_LIMIT = 10_000;

/** Most that a value weighs: characters, and for each entry of a list or object so many more as the longest number has. */
const WEIGHT_LIMIT = 262_144;
const ENTRY_WEIGHT = 24;

/** What JSONata calls, where it is given, after each part of an expression was evaluated, and for each scope of names before it is used. */
const EVALUATED = Symbol.for("jsonata.__evaluate_exit");
const SCOPE_MADE = Symbol.for("jsonata.__createFrame_push");
/** The row itself, which nobody made. */
const ROOT = "$";
/** A width in a picture of a date, such as `[Y,4]`: to so many digits the value is filled up. */
const LARGE_WIDTH = /,[^\]]*(?:\d{4}|x)/i;
/** Of a picture of a number, and of what stands in it for a digit or a separator. */
const NUMBER_PICTURE_LIMIT = 1_000;
const NUMBER_PART_LIMIT = 100;

const lengthOf = (value: unknown) => (typeof value === "string" || Array.isArray(value) ? value.length : 0);

const isFunction = (value: object) => Object.hasOwn(value, "_jsonata_function") || Object.hasOwn(value, "_jsonata_lambda");

/** Throws at a value that weighs too much. What an object holds twice counts twice, as in the text that would be made of it. */
function weigh(value: unknown): void {
  let weight = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const each = open.pop();
    weight += typeof each === "string" ? each.length + ENTRY_WEIGHT : ENTRY_WEIGHT;
    if (typeof each === "object" && each !== null && !isFunction(each)) {
      for (const key in each) {
        if (!Object.hasOwn(each, key)) continue;
        weight += key.length;
        open.push(Reflect.get(each, key));
      }
    }
    if (weight + open.length * ENTRY_WEIGHT > WEIGHT_LIMIT) throw new TooLarge();
  }
}

/** A scope of names, such as the parameters of a function that is called. */
interface Scope {
  bind: (name: string, value: unknown) => void;
}

/** What goes from one function of JSONata's own to the next is no part of the expression: it is seen as a parameter. */
function weighNamed(scope: Scope): void {
  const { bind } = scope;
  scope.bind = (name, value) => {
    if (name !== ROOT) weigh(value);
    bind(name, value);
  };
}

const PAD = jsonata("$pad($first, $second, $third)");
const JOIN = jsonata("$join($first, $second)");
const FORMAT_NUMBER = jsonata("$formatNumber($first, $second, $third)");
const FROM_MILLIS = jsonata("$fromMillis($first, $second, $third)");
const TO_MILLIS = jsonata("$toMillis($first, $second)");

function checkPicture(picture: unknown): void {
  if (typeof picture === "string" && LARGE_WIDTH.test(picture)) throw new TooLarge();
}

/**
 * Holds an expression to the limits, which `jsonata` must have been given for depth and lists. `$now` and `$millis` say the moment that is
 * given, in epoch milliseconds. JSONata reads how many parameters a function has off its writing: each is named.
 */
export function hold(expression: jsonata.Expression, now: number): void {
  const watched: { assign(name: string | symbol, value: unknown): void } = expression;
  watched.assign(SCOPE_MADE, (_around: unknown, scope: Scope) => weighNamed(scope));
  watched.assign(EVALUATED, (_part: unknown, _input: unknown, _environment: unknown, result: unknown) => weigh(result));

  const pad = async (first: unknown, second: unknown, third: unknown): Promise<unknown> => {
    if (typeof second === "number" && Math.abs(second) * Math.max(1, lengthOf(third)) > WEIGHT_LIMIT) throw new TooLarge();
    return PAD.evaluate(null, { first, second, third });
  };
  const join = async (first: unknown, second: unknown): Promise<unknown> => {
    if (Array.isArray(first) && first.length * lengthOf(second) > WEIGHT_LIMIT) throw new TooLarge();
    return JOIN.evaluate(null, { first, second });
  };
  const formatNumber = async (first: unknown, second: unknown, third: unknown): Promise<unknown> => {
    const parts: readonly unknown[] = typeof third === "object" && third !== null ? Object.values(third) : [];
    if (lengthOf(second) > NUMBER_PICTURE_LIMIT || parts.some((part) => lengthOf(part) > NUMBER_PART_LIMIT)) throw new TooLarge();
    return FORMAT_NUMBER.evaluate(null, { first, second, third });
  };
  const fromMillis = async (first: unknown, second: unknown, third: unknown): Promise<unknown> => {
    checkPicture(second);
    return FROM_MILLIS.evaluate(null, { first, second, third });
  };
  const toMillis = async (first: unknown, second: unknown): Promise<unknown> => {
    checkPicture(second);
    return TO_MILLIS.evaluate(null, { first, second });
  };
  expression.registerFunction("pad", pad, "<s-ns?:s>");
  expression.registerFunction("join", join, "<a<s>s?:s>");
  expression.registerFunction("formatNumber", formatNumber, "<n-so?:s>");
  expression.registerFunction("fromMillis", fromMillis, "<n-s?s?:s>");
  expression.registerFunction("toMillis", toMillis, "<s-s?:n>");
  expression.registerFunction("now", (picture: unknown, zone: unknown) => fromMillis(now, picture, zone), "<s?s?:s>");
  expression.registerFunction("millis", () => now, "<:n>");
}
