/** Short news in the corner, with one action at most. The shell renders one `Notices`; anyone may notify. */
import { Link, Toast, ToastTitle, ToastTrigger, Toaster, makeStyles, useToastController, type ToastIntent } from "@fluentui/react-components";
import { useCallback } from "react";
import { say } from "../text/text.ts";

const TOASTER = "console";
/** News with an action stays long enough to be reached with the keyboard. */
const WITH_ACTION_MS = 12_000;
const PLAIN_MS = 5_000;
const LIMIT = 3;
/** Pixels; pages have their buttons at the bottom. */
const ABOVE_THE_BAR = { vertical: 68, horizontal: 20 };

export interface News {
  readonly text: string;
  readonly intent?: ToastIntent;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const useStyles = makeStyles({ corner: { position: "fixed", right: "0", bottom: "0", width: "0", height: "0", zIndex: 1_000_000 } });

/**
 * News stand in a landmark of their own, so that they can be found again with a screen reader. The landmark is the live region
 * that has them read out: Fluent's own would hold every text a second time for a moment, for eyes and for who walks the page.
 */
export function Notices() {
  const styles = useStyles();
  return (
    <aside className={styles.corner} aria-label={say("ui.notices")} aria-live="polite">
      <Toaster inline toasterId={TOASTER} position="bottom-end" offset={ABOVE_THE_BAR} limit={LIMIT} pauseOnHover pauseOnWindowBlur announce={leaveToLandmark} />
    </aside>
  );
}

function leaveToLandmark(): void {}

/** Answers a function that shows news. */
export function useNotify(): (news: News) => void {
  const { dispatchToast } = useToastController(TOASTER);
  return useCallback(
    ({ text, intent = "success", action }: News) => {
      const trigger =
        action === undefined ? undefined : (
          <ToastTrigger>
            <Link onClick={action.run}>{action.label}</Link>
          </ToastTrigger>
        );
      dispatchToast(
        // What failed is not left to wait until the screen reader is idle.
        <Toast {...(intent === "error" ? { role: "alert" } : {})}>
          <ToastTitle {...(trigger === undefined ? {} : { action: trigger })}>{text}</ToastTitle>
        </Toast>,
        { intent, timeout: action === undefined ? PLAIN_MS : WITH_ACTION_MS },
      );
    },
    [dispatchToast],
  );
}
