/** What a box does with what is typed or pasted into it, by the format of its value. */
import { useCallback, type ClipboardEvent, type FocusEvent } from "react";
import { readTyped, type TypedFormat } from "../../shared/rules/typed-value.ts";
import { say } from "../text/text.ts";
import { useNotify } from "./notify.ts";

type Box = HTMLInputElement;

/**
 * Spread over a box of one line. What is pasted is read before the box cuts it at its greatest length, what was typed when the
 * box is left; `onValue` is told where that makes another value of it.
 */
export function typedBox(format: TypedFormat, onValue: (value: string) => void) {
  return {
    onPaste(event: ClipboardEvent<Box>) {
      const pasted = event.clipboardData.getData("text/plain");
      const read = readTyped(pasted, format);
      if (read === pasted) return;
      event.preventDefault();
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      onValue(value.slice(0, selectionStart ?? 0) + read + value.slice(selectionEnd ?? value.length));
    },
    onBlur({ currentTarget: { value } }: FocusEvent<Box>) {
      const read = readTyped(value, format);
      if (read !== value) onValue(read);
    },
  };
}

/** For a password's box, where every character counts: a line break is left out by the browser, and that is told. */
export function usePastedPassword(): (event: ClipboardEvent<Box>) => void {
  const notify = useNotify();
  return useCallback(
    (event: ClipboardEvent<Box>) => {
      if (/[\r\n]/.test(event.clipboardData.getData("text/plain"))) notify({ text: say("ui.pasted-line-break"), intent: "warning" });
    },
    [notify],
  );
}
