/** Short news in the corner, with one action at most. The shell renders one `Notices`; anyone may notify. */
import { Link, Toast, ToastTitle, ToastTrigger, Toaster, useToastController, type ToastIntent } from "@fluentui/react-components";
import { useCallback } from "react";

const TOASTER = "console";
/** News with an action stays long enough to be reached with the keyboard. */
const WITH_ACTION_MS = 12_000;
const PLAIN_MS = 5_000;

export interface News {
  readonly text: string;
  readonly intent?: ToastIntent;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export function Notices() {
  return <Toaster toasterId={TOASTER} position="bottom-end" pauseOnHover pauseOnWindowBlur />;
}

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
        <Toast>
          <ToastTitle {...(trigger === undefined ? {} : { action: trigger })}>{text}</ToastTitle>
        </Toast>,
        { intent, timeout: action === undefined ? PLAIN_MS : WITH_ACTION_MS },
      );
    },
    [dispatchToast],
  );
}
