/** Holds the rest of the window where a part of it cannot be shown: says what happened, and begins that part anew when asked to. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { Component, Suspense, type ErrorInfo, type ReactNode } from "react";
import { say } from "../text/text.ts";
import { CopyButton } from "./copy-button.tsx";
import { crashText } from "./crash.ts";
import { loadFailedAgain, PartMissing } from "./later.ts";

const useStyles = makeStyles({ heading: { display: "inline", margin: "0", fontSize: "inherit", fontWeight: "inherit" } });

interface BoundaryProps {
  readonly children: ReactNode;
  /** Where the person is: whatever failed there is left behind with it. */
  readonly place?: string;
}

interface BoundaryState {
  readonly error: unknown;
  readonly failed: boolean;
  readonly parts: string;
  readonly place: string | undefined;
}

/** A part that loads later, such as a dialog, and need not be there. */
export function Part({ children }: { readonly children: ReactNode }) {
  return (
    <Boundary>
      <Suspense fallback={null}>{children}</Suspense>
    </Boundary>
  );
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, failed: false, parts: "", place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error, failed: true };
  }

  static getDerivedStateFromProps({ place }: BoundaryProps, state: BoundaryState): Partial<BoundaryState> | null {
    return place === state.place ? null : { place, failed: false };
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ parts: componentStack ?? "" });
  }

  readonly #again = () => {
    loadFailedAgain();
    this.setState({ failed: false });
  };

  override render(): ReactNode {
    const { error, failed, parts } = this.state;
    if (!failed) return this.props.children;
    return <Failure error={error} parts={parts} isPage={this.props.place !== undefined} onAgain={this.#again} />;
  }
}

interface FailureProps {
  readonly error: unknown;
  readonly parts: string;
  /** It stands in a whole page's place, heading and all. */
  readonly isPage: boolean;
  readonly onAgain: () => void;
}

function Failure({ error, parts, isPage, onAgain }: FailureProps) {
  const styles = useStyles();
  const missing = error instanceof PartMissing;
  const title = say(missing ? "ui.part-missing" : "ui.part-broken");
  return (
    <MessageBar role="alert" intent={missing ? "warning" : "error"} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{isPage ? <h1 className={styles.heading}>{title}</h1> : title}</MessageBarTitle>
        <br />
        {say(missing ? "ui.part-missing-next" : "ui.part-broken-next")}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onAgain}>
          {say("ui.retry")}
        </Button>
        {missing && (
          <Button size="small" onClick={() => window.location.reload()}>
            {say("ui.load-page-again")}
          </Button>
        )}
        {!missing && <CopyButton text={crashText(error, parts)} label={say("ui.copy-details")} />}
      </MessageBarActions>
    </MessageBar>
  );
}
