/** Short news in the corner, with one action at most. The shell renders one `Notices`; anyone may notify. */
import { Link, Toast, ToastTitle, ToastTrigger, Toaster, makeStyles, useToastController, type ToastIntent } from "@fluentui/react-components";
import { useCallback } from "react";
import { say } from "../text/text.ts";
import { announce } from "./announce.ts";
import { uncoverFocus } from "./uncover-focus.ts";

const TOASTER = "console";
/** News with an action stays long enough to be reached with the keyboard. */
const WITH_ACTION_MS = 12_000;
const PLAIN_MS = 5_000;
const LIMIT = 3;
/** Until a notice has its whole height, in milliseconds. */
const RISEN_MS = 400;
/** Pixels; pages have their buttons at the bottom. */
const ABOVE_THE_BAR = { vertical: 68, horizontal: 20 };

export interface News {
  readonly text: string;
  readonly intent?: ToastIntent;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const useStyles = makeStyles({ corner: { position: "fixed", right: "0", bottom: "0", width: "0", height: "0", zIndex: 1_000_000 } });

/** News stand in a landmark of their own, so that they can be found again with a screen reader. */
export function Notices() {
  const styles = useStyles();
  return (
    <aside data-covers className={styles.corner} aria-label={say("ui.notices")}>
      <Toaster inline toasterId={TOASTER} position="bottom-end" offset={ABOVE_THE_BAR} limit={LIMIT} pauseOnHover pauseOnWindowBlur announce={leaveToAnnouncer} />
    </aside>
  );
}

/** Fluent would say every notice a second time. */
function leaveToAnnouncer(): void {}

/** A notice fades for a moment after it was pressed, and can be pressed again. */
function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

/** Answers a function that shows news. */
export function useNotify(): (news: News) => void {
  const { dispatchToast } = useToastController(TOASTER);
  return useCallback(
    ({ text, intent = "success", action }: News) => {
      const trigger =
        action === undefined ? undefined : (
          <ToastTrigger>
            <Link onClick={once(action.run)}>{action.label}</Link>
          </ToastTrigger>
        );
      announce([text, action?.label].filter((words) => words !== undefined).join(" "), intent === "error" ? "assertive" : "polite");
      dispatchToast(
        <Toast>
          <ToastTitle {...(trigger === undefined ? {} : { action: trigger })}>{text}</ToastTitle>
        </Toast>,
        {
          intent,
          timeout: action === undefined ? PLAIN_MS : WITH_ACTION_MS,
          onStatusChange: (_event, { status }) => status === "visible" && setTimeout(uncoverFocus, RISEN_MS),
        },
      );
    },
    [dispatchToast],
  );
}
