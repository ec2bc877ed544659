/** What main says of jobs and their runs, for as long as a page shows it: asked for anew whenever any of them is another one. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import { followFeed } from "../../stores/feed.ts";
import { askAgain, type AskedAgain } from "./ask-again.ts";

export interface Live<T> {
  /** Null before the first answer; an older one while it is asked anew, and where that failed. */
  readonly value: T | null;
  /** Why there is no newer answer. */
  readonly fault: Fault | null;
  /** How many answers there were. */
  readonly round: number;
  /** Whether a person waits for an answer. */
  readonly asking: boolean;
  readonly look: () => void;
}

interface Answered<T> extends Pick<Live<T>, "value" | "fault" | "round"> {
  readonly of: string;
}

/** `of` names what is asked for: another one begins anew. `isUnderWay`: whether a value may change without a word of main. */
export function useLive<T>(of: string, question: (signal: AbortSignal) => Promise<Result<T>>, isUnderWay: (value: T) => boolean): Live<T> {
  const [answered, setAnswered] = useState<Answered<T> | null>(null);
  const [waiting, setWaiting] = useState<string | null>(null);
  const latest = useRef({ question, isUnderWay });
  const asked = useRef<AskedAgain | null>(null);
  useEffect(() => {
    latest.current = { question, isUnderWay };
  });
  useEffect(() => {
    const again = askAgain<T>({
      question: (signal) => latest.current.question(signal),
      isUnderWay: (value) => latest.current.isUnderWay(value),
      take: (answer) => {
        setWaiting(null);
        setAnswered((before) => {
          const known = before?.of === of ? before : { value: null, round: 0 };
          return { of, round: known.round + 1, ...(answer.ok ? { value: answer.value, fault: null } : { value: known.value, fault: answer.fault }) };
        });
      },
    });
    asked.current = again;
    const stop = followFeed((signal) => client().jobs.news(undefined, { signal }), { snapshot: again.soon, change: again.soon, lost() {} });
    return () => {
      stop();
      again.stop();
    };
  }, [of]);
  const look = useCallback(() => {
    setWaiting(of);
    asked.current?.now();
  }, [of]);
  const shown = answered?.of === of ? answered : null;
  return { value: shown?.value ?? null, fault: shown?.fault ?? null, round: shown?.round ?? 0, asking: waiting === of, look };
}
