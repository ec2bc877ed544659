/** Why a form was refused, for as long as it says what was refused. */
import { useEffect, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Form } from "./use-directory-form.ts";

/** What happened between the page and others is true whatever is typed now. */
function outlivesTyping({ kind }: Fault): boolean {
  return kind === "no-connection" || kind === "conflict";
}

/** The refusal, null where there is none, and how to say another one. A change of the form takes it away. */
export function useRefusal(form: Form): readonly [Fault | null, (fault: Fault | null) => void] {
  const [refusal, setRefusal] = useState<Fault | null>(null);
  useEffect(() => {
    const typing = form.watch(() => setRefusal((before) => (before !== null && outlivesTyping(before) ? before : null)));
    return () => typing.unsubscribe();
  }, [form]);
  return [refusal, setRefusal];
}
