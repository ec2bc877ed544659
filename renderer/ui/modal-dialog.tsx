/**
 * The one dialog of the page, over Fluent's: it has a name, begins where nothing is lost by Enter, always closes by Esc or says
 * why not now, gives the focus back, and takes nothing from a second press while it closes.
 */
import { Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from "@fluentui/react-components";
import { useCallback, useEffect, useRef, type ReactNode, type SyntheticEvent } from "react";
import { announce } from "./announce.ts";
import { DelayedLoading } from "./delayed-loading.tsx";
import { giveFocusBack } from "./focus-keeper.ts";

const useStyles = makeStyles({
  wide: { maxWidth: "680px" },
  content: { display: "flex", flexDirection: "column", gap: "12px" },
});

/** Spread over what has the focus first, where that is not the first control: a button that changes nothing. */
export const firstFocus = { "data-first-focus": "" } as const;

interface ModalDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** A question that stands until it is answered: a click beside it does not close it. */
  readonly question?: boolean;
  readonly wide?: boolean;
  /** What is being done; as long as it is, the dialog stays and says so. */
  readonly busy?: string | null;
  readonly children: ReactNode;
  /** The buttons, the one that does something first. */
  readonly actions: ReactNode;
  /** By Esc or a click beside it. */
  readonly onClose: () => void;
  /** By Enter in a field, and by a button of type submit. */
  readonly onSubmit?: () => void;
}

/** Buttons that side by side are too wide for the dialog stand below each other. */
export function ModalDialog({ open, title, question = false, wide = false, busy = null, children, actions, onClose, onSubmit }: ModalDialogProps) {
  const styles = useStyles();
  const surface = useRef<HTMLDivElement>(null);
  const close = useCallback(() => {
    if (busy === null) onClose();
    else announce(busy, "assertive");
  }, [busy, onClose]);
  useFocusInside(open, surface);
  useEscape(open, surface, close);

  // A dialog that fades can still be clicked.
  const ignore = (event: SyntheticEvent) => {
    if (open) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className={styles.content}>
        {children}
        {busy !== null && <DelayedLoading label={busy} />}
      </DialogContent>
      <DialogActions fluid>{actions}</DialogActions>
    </DialogBody>
  );
  return (
    <Dialog open={open} modalType={question ? "alert" : "modal"} onOpenChange={(_event, data) => !data.open && open && close()}>
      <DialogSurface
        ref={(element: HTMLDivElement | null) => {
          surface.current = element;
        }}
        {...(wide ? { className: styles.wide } : {})}
        onClickCapture={ignore}
        onSubmitCapture={ignore}
      >
        {onSubmit === undefined ? (
          body
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // The page may be a form itself, and React hands the event on to it.
              event.stopPropagation();
              onSubmit();
            }}
          >
            {body}
          </form>
        )}
      </DialogSurface>
    </Dialog>
  );
}

/** The focus goes in once Fluent has put it on the first control, and back when the dialog closes or is taken away. */
function useFocusInside(open: boolean, surface: { readonly current: HTMLDivElement | null }): void {
  useEffect(() => {
    const element = surface.current;
    if (!open || element === null) return undefined;
    element.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => giveFocusBack(element);
  }, [open, surface]);
}

/** Fluent hears Esc inside the dialog alone; a click beside a question leaves the focus nowhere. */
function useEscape(open: boolean, surface: { readonly current: HTMLDivElement | null }, close: () => void): void {
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const top = [...document.querySelectorAll("[aria-modal='true']")].at(-1);
      if (event.key === "Escape" && !event.defaultPrevented && top === surface.current && !top?.contains(document.activeElement)) close();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open, surface, close]);
}
