/** What a certificate file turned out to be: its name, key and end, every verdict, or why it does not open. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, InfoRegular, WarningFilled } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { CertificateSummary } from "../../../../shared/model/certificate.ts";
import type { CertificateState, FieldDescriptor } from "../../../../shared/model/messaging.ts";
import { heaviest, obstacleOf, verdictsAt, weightOf, type VerdictWeight } from "../../../../shared/rules/certificate-use.ts";
import { explain } from "../../../text/fault.ts";
import { formatDate } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { daysUntil } from "../../../ui/moment.ts";
import { useNow } from "../../../ui/use-now.ts";
import { commonName } from "./certificate-words.ts";

type CertificateDescriptor = Extract<FieldDescriptor, { kind: "certificate" }>;

const useStyles = makeStyles({
  line: { display: "flex", alignItems: "flex-start", gap: "6px", marginTop: "2px" },
  icon: { display: "flex", flexShrink: 0, paddingTop: "3px" },
  good: { color: tokens.colorPaletteGreenForeground1 },
  remark: { color: tokens.colorPaletteDarkOrangeForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { minWidth: "0", overflowWrap: "anywhere" },
  list: { listStyleType: "none", margin: "0", padding: "0" },
});

const SHAPES = { good: CheckmarkCircleFilled, remark: WarningFilled, bad: DismissCircleFilled, quiet: InfoRegular } as const satisfies Record<VerdictWeight | "quiet", unknown>;

/** A sentence with its shape; `more` says what to do. */
function Line({ weight, children, more }: { readonly weight: VerdictWeight | "quiet"; readonly children: ReactNode; readonly more?: string }) {
  const styles = useStyles();
  const Shape = SHAPES[weight];
  return (
    <div className={styles.line}>
      <span className={mergeClasses(styles.icon, styles[weight])}>
        {weight === "quiet" ? <Shape aria-hidden="true" /> : <Shape aria-label={say(`messaging-system.weight-${weight}`)} />}
      </span>
      <span className={styles.words}>
        {children}
        {more !== undefined && <span className={styles.quiet}>{` ${more}`}</span>}
      </span>
    </div>
  );
}

/** The certificate in one line, without a tick where anything keeps the file from being used, and each verdict with what to do. */
function Opened({ field, summary }: { readonly field: CertificateDescriptor; readonly summary: CertificateSummary }) {
  const styles = useStyles();
  const now = useNow();
  const verdicts = verdictsAt(summary, now);
  const facts = { subject: commonName(summary.subject), key: summary.keyType, date: formatDate(summary.notAfter), days: daysUntil(summary.notAfter, now) };
  const remarks = verdicts.filter((verdict) => verdict !== "fine");
  const usable = heaviest(verdicts.map((verdict) => weightOf(verdict, field))) !== "bad";
  return (
    <>
      {summary.certificates > 0 && (
        <Line weight={usable ? "good" : "quiet"}>{say(verdicts.includes("expired") ? "messaging-system.certificate-expired" : "messaging-system.certificate-summary", facts)}</Line>
      )}
      {remarks.length > 0 && (
        <ul className={styles.list} aria-label={say("messaging-system.certificate-verdicts")}>
          {remarks.map((verdict) => (
            <li key={verdict}>
              <Line weight={weightOf(verdict, field)} more={say(`certificate-bench.verdict-${verdict}-next`)}>
                {say(`certificate-bench.verdict-${verdict}`)}
              </Line>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface CertificateFactsProps {
  readonly field: CertificateDescriptor;
  readonly certificate: CertificateState;
  /** Whether a password is at hand; null where the field takes none. */
  readonly hasPassword: boolean | null;
}

export function CertificateFacts({ field, certificate, hasPassword }: CertificateFactsProps) {
  if (certificate.state === "not-set") return null;
  if (certificate.state === "unreadable") return <Line weight="remark">{say("messaging-system.certificate-unreadable")}</Line>;
  const { summary } = certificate;
  if (summary !== null) return <Opened field={field} summary={summary} />;
  const obstacle = obstacleOf(field, certificate);
  if (obstacle === null) return <Line weight="quiet">{say("messaging-system.certificate-unread")}</Line>;
  if (obstacle.kind === "wrong-password" && hasPassword === false) return <Line weight="quiet">{say("messaging-system.certificate-wants-password")}</Line>;
  const { sentence, nextStep, detail } = explain(obstacle);
  // What to do about a password is told beside the password.
  if (obstacle.kind === "wrong-password" && hasPassword !== null) return <Line weight="bad">{sentence}</Line>;
  return (
    <Line weight="bad" more={detail === null ? nextStep : `${nextStep} (${detail})`}>
      {sentence}
    </Line>
  );
}
