/** The provider's own fields, its notices, and the test of what they say. */
import { Button, MessageBar, MessageBarBody, Spinner, Text, makeStyles, tokens } from "@fluentui/react-components";
import { PlugConnectedRegular } from "@fluentui/react-icons";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { ProviderDescriptor } from "../../../shared/model/messaging.ts";
import type { Editor } from "../../stores/editor.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { RungList } from "../servers/rung-list.tsx";
import { DescriptorField } from "./fields/descriptor-field.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { otherProblems, toldIssues } from "./problems.ts";

const useStyles = makeStyles({
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(280px, 100%), 1fr))",
    alignItems: "start",
    gap: "6px 24px",
    "& > [data-wide]": { gridColumn: "1 / -1" },
  },
  test: { display: "flex", flexDirection: "column", gap: "8px", maxWidth: "640px", ":empty": { display: "none" } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The button, and while it runs the way to stop it. */
function TestBar({ editor }: { readonly editor: Editor }) {
  const running = useStore(editor.state, (state) => state.test !== null && state.test.ended === null);
  return (
    <>
      {running && (
        <>
          <Spinner size="tiny" label={say("messaging-system.test-running")} />
          <Button size="small" onClick={() => editor.cancel("test")}>
            {say("messaging-system.test-stop")}
          </Button>
        </>
      )}
      <Button icon={<PlugConnectedRegular />} disabledFocusable={running} onClick={() => void editor.test()}>
        {say("messaging-system.test-connection")}
      </Button>
    </>
  );
}

/** What is said at the end of a test; a fault's box says itself. */
function testNews(fault: Fault | null): string | null {
  if (fault === null) return say("ui.test-passed");
  return fault.kind === "cancelled" ? say("messaging-system.test-cancelled") : null;
}

/** The ladder of the test as it is climbed. */
function TestOutcome({ editor }: { readonly editor: Editor }) {
  const styles = useStyles();
  const now = useNow();
  const test = useStore(editor.state, (state) => state.test);
  const ended = test?.ended ?? null;
  const verdict = test?.outdated === true ? null : ended;
  useAnnounced(verdict === null ? null : testNews(verdict.fault));
  return (
    <div className={styles.test}>
      {ended !== null && test?.outdated === true && <Text className={styles.quiet}>{say("messaging-system.test-outdated")}</Text>}
      {verdict !== null && verdict.fault === null && <Text className={styles.quiet}>{say("messaging-system.test-passed", { time: moment(verdict.at, now) })}</Text>}
      {verdict?.fault?.kind === "cancelled" && <Text className={styles.quiet}>{say("messaging-system.test-cancelled")}</Text>}
      {test !== null && !(test.outdated && ended !== null) && (
        <div aria-live="polite">
          <RungList rungs={test.rungs} />
        </div>
      )}
      {verdict !== null && verdict.fault !== null && verdict.fault.kind !== "cancelled" && <ErrorBox fault={verdict.fault} />}
    </div>
  );
}

interface ConnectionSectionProps {
  readonly editor: Editor;
  readonly descriptor: ProviderDescriptor;
}

export function ConnectionSection({ editor, descriptor }: ConnectionSectionProps) {
  const styles = useStyles();
  const kind = useStore(editor.state, (state) => state.store?.connection.kind);
  const issues = useStore(editor.state, (state) => state.issues);
  const told = useStore(editor.state, (state) => state.told);
  const notices = descriptor.notices.filter((notice) => notice.storeKind === undefined || notice.storeKind === kind);
  return (
    <FormSection title={say("messaging-system.section-connection")} {...(descriptor.testable ? { aside: <TestBar editor={editor} /> } : {})}>
      {notices.map((notice) => (
        <NoticeBar key={notice.name} provider={descriptor.id} notice={notice} />
      ))}
      {otherProblems(descriptor, toldIssues(descriptor, issues, told)).map((problem) => (
        <MessageBar key={problem} intent="error" layout="multiline">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      ))}
      {descriptor.fields.length === 0 && <Text>{say("messaging-system.no-fields")}</Text>}
      <div className={styles.fields}>
        {descriptor.fields.map((field) => (
          <DescriptorField key={`${descriptor.id} ${field.name}`} provider={descriptor.id} field={field} editor={editor} />
        ))}
      </div>
      {descriptor.testable && <TestOutcome editor={editor} />}
    </FormSection>
  );
}
