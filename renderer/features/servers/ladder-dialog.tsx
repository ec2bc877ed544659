/** What to do, or to know: the last check of a server rung by rung, and the first failure, or else each finding, explained. */
import { Button, Text } from "@fluentui/react-components";
import { useStore } from "zustand";
import type { CheckResult } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { firstFocus, ModalDialog } from "../../ui/modal-dialog.tsx";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { arePressing, findingsOf } from "../../text/finding.ts";
import { say } from "../../text/text.ts";
import { FaultExplanation } from "./fault-explanation.tsx";
import { FindingsExplanation } from "./findings-explanation.tsx";
import { firstFault } from "../../text/health.ts";
import { probedState } from "../../text/probed.ts";
import { RungList, rungAnswer, rungMoment } from "./rung-list.tsx";

/** A check as lines of text, for a ticket. */
export function checkRecord(server: string, check: CheckResult): string {
  const lines = check.rungs.map(
    (rung) => `${say(`servers.rung-${rung.rung}`)}: ${rungAnswer(rung) ?? say("servers.rung-passed")} (${rungMoment(rung) ?? `${Math.round(rung.ms)} ms`})`,
  );
  return [`${server}, ${new Date(check.at).toISOString()}`, ...lines].join("\n");
}

interface LadderDialogProps {
  readonly server: string;
  readonly status: ServerStatusStore;
  readonly onCheck: (name: string) => void;
  readonly onClose: () => void;
}

export function LadderDialog({ server, status, onCheck, onClose }: LadderDialogProps) {
  const now = useNow();
  const check = useStore(status, (state) => state.byName.get(server)?.lastCheck ?? null);
  const probed = useStore(status, (state) => state.byName.get(server)?.probed ?? null);
  const fault = check === null ? null : firstFault(check);
  const findings = findingsOf(check);
  const title = fault !== null || arePressing(findings) ? "servers.what-to-do-about" : "servers.what-to-know-about";
  return (
    <ModalDialog
      open
      title={say(title, { server })}
      actions={
        <>
          <Button onClick={() => onCheck(server)}>{say("servers.check-now")}</Button>
          <Button {...firstFocus} appearance="primary" onClick={onClose}>
            {say("servers.close")}
          </Button>
        </>
      }
      onClose={onClose}
    >
      {check === null ? (
        <Text>{say("servers.ladder-no-check")}</Text>
      ) : (
        <>
          <Text size={200}>{say("servers.ladder-checked-at", { time: moment(check.at, now), ms: Math.round(check.ms) })}</Text>
          <RungList rungs={check.rungs} />
          {fault !== null && <FaultExplanation fault={fault} record={checkRecord(server, check)} />}
          {fault === null && findings.length > 0 && <FindingsExplanation server={server} findings={findings} record={checkRecord(server, check)} />}
          {fault === null && findings.length === 0 && <Text>{say("servers.ladder-all-passed")}</Text>}
        </>
      )}
      {probed !== null && (
        <>
          <Text size={200}>{say("servers.ladder-probed", { source: probed.source, time: moment(probed.at, now) })}</Text>
          <Text>{probedState(probed)}</Text>
          <RungList rungs={probed.result.rungs} />
        </>
      )}
    </ModalDialog>
  );
}
