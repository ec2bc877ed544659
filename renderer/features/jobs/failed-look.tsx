/** Why something could not be looked at, and the way to look again. */
import { Button } from "@fluentui/react-components";
import type { Fault } from "../../../shared/fault.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";

interface FailedLookProps {
  /** Null where it could. */
  readonly fault: Fault | null;
  readonly onLook: () => void;
}

export function FailedLook({ fault, onLook }: FailedLookProps) {
  if (fault === null) return null;
  return (
    <ErrorBox fault={fault}>
      <Button size="small" onClick={onLook}>
        {say("ui.retry")}
      </Button>
    </ErrorBox>
  );
}
