/** Copies text and says what came of it: a button whose icon changes says nothing to a screen reader. */
import { useCallback, useEffect, useState } from "react";
import { say } from "../text/text.ts";
import { announce } from "./announce.ts";
import { useNotify } from "./notify.ts";

/** How long a button shows that it copied, in milliseconds. */
const SHOWN_MS = 2_000;

/** False where the clipboard refuses: a policy, a remote session without one, a window that lost the focus meanwhile. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export interface Copying {
  /** For a moment after it was done. */
  readonly copied: boolean;
  readonly copy: (text: string) => void;
}

/** `noticed` is for what leaves no button behind that could show it, such as an entry of a menu. */
export function useCopy(noticed = false): Copying {
  const notify = useNotify();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(
    (text: string) => {
      const run = async () => {
        const done = await write(text);
        setCopied(done);
        if (!done) notify({ text: say("ui.copy-refused"), intent: "warning" });
        else if (noticed) notify({ text: say("ui.copied") });
        else announce(say("ui.copied"));
      };
      void run();
    },
    [notify, noticed],
  );
  return { copied, copy };
}
