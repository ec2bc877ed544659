/** What a change of licences comes to, while it is being decided: in words, with why nothing of it would be done. */
import { MessageBar, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Issue } from "../../../shared/fault.ts";
import type { LicenceChange } from "../../../shared/model/licence.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { isNothing, type LicencePlan } from "../../../shared/rules/licence-plan.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { productById } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "8px" },
  title: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: "0", paddingLeft: "20px", overflowWrap: "anywhere" },
});

interface ChangeListProps {
  readonly change: LicenceChange;
  readonly subscriptions: readonly Subscription[];
}

/** What is done, one line each. */
export function ChangeList({ change: { give, take, usageLocation }, subscriptions }: ChangeListProps) {
  const styles = useStyles();
  const lines = [
    ...take.map((id) => say("licences.plan-take", { product: productById(subscriptions, id) })),
    ...give.map((id) => say("licences.plan-give", { product: productById(subscriptions, id) })),
    ...(usageLocation === null ? [] : [say("licences.plan-location", { location: usageLocation })]),
  ];
  return (
    <ul className={styles.list}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface MailboxWarningProps {
  /** Of the user. */
  readonly name: string;
  /** Where it comes up by itself. */
  readonly announced?: boolean;
}

export function MailboxWarning({ name, announced = false }: MailboxWarningProps) {
  const text = say("licences.loses-mailbox", { name });
  useAnnounced(announced ? text : null, "assertive");
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  );
}

/** Of which subscription it is, where the sentence does not say so itself. */
function issueWords(issue: Issue, subscriptions: readonly Subscription[]): string {
  const words = explainIssue(issue);
  const [way, id] = issue.path;
  const named = words.includes(String(issue.facts?.["product"]));
  return (way === "give" || way === "take") && typeof id === "string" && !named ? say("licences.issue-of", { product: productById(subscriptions, id), issue: words }) : words;
}

function Issues({ issues, subscriptions }: { readonly issues: readonly Issue[]; readonly subscriptions: readonly Subscription[] }) {
  const words = issues.map((issue) => issueWords(issue, subscriptions));
  useAnnounced(words.join(" "));
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        {words.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}

interface LicencePlanCardProps {
  /** The element's, for the button that carries the plan out. */
  readonly id: string;
  readonly plan: LicencePlan;
  /** Of the user. */
  readonly name: string;
  readonly subscriptions: readonly Subscription[];
}

export function LicencePlanCard({ id, plan, name, subscriptions }: LicencePlanCardProps) {
  const styles = useStyles();
  return (
    <div id={id} className={styles.stack}>
      <h3 className={styles.title}>{say("licences.plan")}</h3>
      {isNothing(plan.change) ? <Text>{say("licences.plan-nothing")}</Text> : <ChangeList change={plan.change} subscriptions={subscriptions} />}
      {plan.issues.length > 0 && <Issues issues={plan.issues} subscriptions={subscriptions} />}
      {plan.losesMailbox && <MailboxWarning name={name} announced />}
    </div>
  );
}
