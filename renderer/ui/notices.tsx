/** Where news are shown: the corner of the window. */
import { Link, Toast, ToastTitle, ToastTrigger, Toaster, makeStyles, useToastController } from "@fluentui/react-components";
import { useEffect, type KeyboardEvent } from "react";
import { say } from "../text/text.ts";
import { showNews } from "./notify.ts";
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

const useStyles = makeStyles({ corner: { position: "fixed", right: "0", bottom: "0", width: "0", height: "0", zIndex: 1_000_000 } });

/** News stand in a landmark of their own, so that they can be found again with a screen reader. */
export function Notices() {
  const styles = useStyles();
  const { dispatchToast } = useToastController(TOASTER);
  useEffect(
    () =>
      showNews(({ text, intent = "success", action }) => {
        const trigger =
          action === undefined ? undefined : (
            <ToastTrigger>
              <Link onClick={once(action.run)}>{action.label}</Link>
            </ToastTrigger>
          );
        dispatchToast(
          <Toast ref={freeTheFocus}>
            <ToastTitle {...(trigger === undefined ? {} : { action: trigger })}>{text}</ToastTitle>
          </Toast>,
          {
            intent,
            timeout: action === undefined ? PLAIN_MS : WITH_ACTION_MS,
            onStatusChange: (_event, { status }) => status === "visible" && setTimeout(uncoverFocus, RISEN_MS),
          },
        );
      }),
    [dispatchToast],
  );
  return (
    <aside data-covers className={styles.corner} aria-label={say("ui.notices")} onKeyDownCapture={leaveTabToTheBrowser}>
      <Toaster inline toasterId={TOASTER} position="bottom-end" offset={ABOVE_THE_BAR} limit={LIMIT} pauseOnHover pauseOnWindowBlur announce={leaveToAnnouncer} />
    </aside>
  );
}

/** A notice fades for a moment after it was pressed, and can be pressed again. */
function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

/** Fluent would keep the focus in a notice for good, whose time stands still as long as it has it: Tab goes on as everywhere. */
function leaveTabToTheBrowser(event: KeyboardEvent): void {
  if (event.key === "Tab") event.stopPropagation();
}

function freeTheFocus(notice: HTMLElement | null): void {
  for (const around of [notice?.parentElement, notice?.closest("[role=list]")]) around?.removeAttribute("data-tabster");
}

/** Fluent would say every notice a second time. */
function leaveToAnnouncer(): void {}
