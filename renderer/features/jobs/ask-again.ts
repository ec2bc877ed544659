/** One question to main that is asked again and again: at once for a person, and with rests in between where there is something new. */
import { ask } from "../../host/ask.ts";
import type { Result } from "../../../shared/result.ts";

/** Between an answer and the next question that nobody waits for, in milliseconds: a run changes one row after the other. */
const REST_MS = 300;
/** What is under way is looked at so often, in milliseconds: it ends without a word where its console was killed. */
const LOOK_MS = 10_000;

/** Who the question was asked for: `person`, or the page itself, to keep what it shows true. */
export type AskedFor = "person" | "page";

interface Parts<T> {
  readonly question: (signal: AbortSignal) => Promise<Result<T>>;
  readonly take: (answer: Result<T>, askedFor: AskedFor) => void;
  /** Whether what was answered may change without a word of main. */
  readonly isUnderWay?: (value: T) => boolean;
}

export interface AskedAgain {
  /** Asks at once; what is under way is not waited for any more. */
  now(): void;
  /** Asks once what is under way has been answered, and after a rest. */
  soon(): void;
  stop(): void;
}

/** Nothing is asked before somebody wants it. */
export function askAgain<T>({ question, take, isUnderWay = () => false }: Parts<T>): AskedAgain {
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isWanted = false;
  let isResting = false;

  const stop = () => {
    asking?.abort();
    asking = null;
    if (timer !== null) clearTimeout(timer);
    [timer, isWanted, isResting] = [null, false, false];
  };
  const put = async (askedFor: AskedFor) => {
    stop();
    const { signal } = (asking = new AbortController());
    const answer = await ask(() => question(signal), signal);
    if (signal.aborted) return;
    asking = null;
    isResting = true;
    timer = setTimeout(() => {
      isResting = false;
      if (isWanted) void put("page");
      else if (answer.ok && isUnderWay(answer.value)) timer = setTimeout(() => void put("page"), LOOK_MS);
    }, REST_MS);
    take(answer, askedFor);
  };
  return {
    now: () => void put("person"),
    soon: () => {
      if (asking === null && !isResting) void put("page");
      else isWanted = true;
    },
    stop,
  };
}
