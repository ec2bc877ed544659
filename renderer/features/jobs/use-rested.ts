/** What main says to what is typed, asked once the typing rests: an answer to anything else than what stands there now is dropped. */
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { useBoundResult } from "../../ui/bound-result.ts";

/** Milliseconds without a key before main is asked. */
const REST_MS = 350;

export interface Rested<T> {
  /** Of what stands there now; null while nothing is known of it. */
  readonly value: T | null;
  readonly fault: Fault | null;
  readonly asking: boolean;
}

/** `wanted`: what the question is of; null where nothing is to be asked. */
export function useRested<T>(wanted: string | null, question: (signal: AbortSignal) => Promise<Result<T>>): Rested<T> {
  const answered = useBoundResult<Result<T>>([wanted]);
  const { take } = answered;
  const [asking, setAsking] = useState(false);
  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  });
  useEffect(() => {
    if (wanted === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setAsking(true);
      void ask(() => latest.current(stop.signal), stop.signal).then((answer) => {
        if (stop.signal.aborted) return;
        setAsking(false);
        take(answer, [wanted]);
      });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
      setAsking(false);
    };
    // A result is taken by whoever asked for it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  const { current } = answered;
  return { value: current?.ok === true ? current.value : null, fault: current?.ok === false ? current.fault : null, asking };
}
