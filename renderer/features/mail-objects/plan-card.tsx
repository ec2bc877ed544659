/** What would be done, before anything is written. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { MailPlan } from "../../../shared/model/mail-plan.ts";
import { mailIssueText } from "../../text/mail-objects.ts";
import { byHandText, deniedText, orderLines, planSteps } from "../../text/mail-plan.ts";
import { say } from "../../text/text.ts";
import { Card, Fact, Facts } from "../settings/cards.tsx";
import { Commands } from "./commands.tsx";

const useStyles = makeStyles({
  list: { margin: "0", paddingLeft: "20px", overflowWrap: "anywhere" },
  text: { margin: "0", overflowWrap: "anywhere" },
  issues: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold, margin: "0" },
});

/** Servers from the first to the last that are tried. */
export function triedServers({ order, last }: MailPlan): readonly string[] {
  return [...order.filter((server) => !last.includes(server)), ...last];
}

export function Lines({ lines, ordered = false }: { readonly lines: readonly string[]; readonly ordered?: boolean }) {
  const styles = useStyles();
  const items = lines.map((line, index) => <li key={index}>{line}</li>);
  return ordered ? <ol className={styles.list}>{items}</ol> : <ul className={styles.list}>{items}</ul>;
}

/** Children: what can be done about it. */
export function PlanCard({ plan, children }: { readonly plan: MailPlan; readonly children: ReactNode }) {
  const styles = useStyles();
  const order = orderLines(plan);
  return (
    <Card title={say("mail-objects.plan-title")}>
      {plan.issues.length > 0 && (
        <>
          <p className={styles.issues}>{say("mail-objects.plan-issues")}</p>
          <Lines lines={plan.issues.map(mailIssueText)} />
        </>
      )}
      <Facts>
        {plan.dn !== null && <Fact term={say("mail-objects.plan-dn")}>{plan.dn}</Fact>}
        {plan.request.action !== "disable" && <Fact term={say("mail-objects.address")}>{plan.address ?? say("mail-objects.address-policy")}</Fact>}
        <Fact term={say("mail-objects.plan-steps")}>
          <Lines ordered lines={planSteps(plan)} />
        </Fact>
        {order.length > 0 && (
          <Fact term={say("mail-objects.plan-order")}>
            <Lines ordered lines={order} />
          </Fact>
        )}
        {plan.denied.length > 0 && (
          <Fact term={say("mail-objects.plan-denied")}>
            <Lines lines={plan.denied.map(deniedText)} />
          </Fact>
        )}
        {plan.byHand.length > 0 && (
          <Fact term={say("mail-objects.plan-hand")}>
            <Lines lines={plan.byHand.map(byHandText)} />
          </Fact>
        )}
      </Facts>
      {plan.commands !== "" && <Commands text={plan.commands} />}
      {children}
    </Card>
  );
}
