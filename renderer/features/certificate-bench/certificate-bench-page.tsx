/** Looks into a PFX or P12 file, without any identity store and without a network. */
import { Button, Field, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useStore } from "zustand";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { Result } from "../../../shared/fault.ts";
import type { CertificateInspection } from "../../../shared/model/certificate.ts";
import { session } from "../../stores/session.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { usePastedPassword } from "../../ui/typed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { holdFile } from "../../host/send-file.ts";
import { pickFile } from "../identity-stores/pick-file.ts";
import { PracticeFiles } from "./practice-files.tsx";
import { Summary } from "./summary.tsx";
import { useBench } from "./use-bench.ts";
import { useDroppedFile } from "./use-dropped-file.ts";
import { sizeInWords } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "860px" },
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "0", padding: "0", border: "none", minWidth: "0" },
  name: { overflowWrap: "anywhere", minWidth: "0" },
  quiet: { color: tokens.colorNeutralForeground2 },
  password: { maxWidth: "340px" },
  over: { outline: `2px dashed ${tokens.colorCompoundBrandStroke}`, outlineOffset: "4px", borderRadius: tokens.borderRadiusLarge },
});

function announcement(inspection: CertificateInspection | null): string {
  if (inspection?.opens !== true) return "";
  const { verdicts } = inspection.summary;
  const [first = "fine"] = verdicts;
  return say("certificate-bench.announce", { count: verdicts.length, first: say(`certificate-bench.verdict-${first}`) });
}

export function CertificateBenchPage() {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const { file, fault, checking, inspection, take, check, forgetPassword } = useBench();
  const [password, setPassword] = useState("");
  const pastedPassword = usePastedPassword();
  const [hint, setHint] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLInputElement | null>(null);
  const below = useRef<HTMLDivElement | null>(null);
  const chooser = useRef<HTMLButtonElement | null>(null);

  // Counts up when the password is wanted.
  const [wanted, setWanted] = useState(0);
  useEffect(() => {
    if (wanted === 0) return;
    box.current?.focus();
    box.current?.select();
  }, [wanted]);

  const takeFile = (held: Result<HeldFile | null>, knownPassword: string | null = null) => {
    if (!take(held)) return;
    setMissing(false);
    setPassword("");
    setHint(knownPassword);
    setWanted((count) => count + 1);
  };
  const choose = async () => takeFile(await pickFile("certificate", ".pfx,.p12"));
  const over = useDroppedFile((dropped) => void holdFile(dropped, "certificate").then((held) => takeFile(held)));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(file === null);
    if (file === null) {
      chooser.current?.focus();
      return;
    }
    const found = await check(password);
    announce(announcement(found));
    bringIntoSight(below);
    if (found?.opens !== false || found.verdict !== "wrong-password") return;
    setWanted((count) => count + 1);
  };

  const refused = inspection?.opens === false ? inspection : null;
  const wrong = refused?.verdict === "wrong-password";
  return (
    <>
      <PageHeader title={say("certificate-bench.title")} intro={say("certificate-bench.intro")} />
      <div className={styles.stack}>
        <FormSection title={say("certificate-bench.section-file")}>
          <form className={mergeClasses(styles.form, over && styles.over)} noValidate onSubmit={(event) => void submit(event)}>
            <Field {...(missing ? { validationMessage: say("certificate-bench.file-required"), validationState: "error" } : {})}>
              <fieldset className={styles.row} aria-label={say("certificate-bench.file-label")}>
                <Button
                  ref={(element: HTMLButtonElement | null) => {
                    chooser.current = element;
                  }}
                  onClick={() => void choose()}
                >
                  {say("certificate-bench.file-choose")}
                </Button>
                {practice && <PracticeFiles onFile={takeFile} />}
                <span className={mergeClasses(styles.name, file === null && styles.quiet)}>
                  {file === null
                    ? say("certificate-bench.file-none")
                    : say("certificate-bench.file-chosen", { name: file.name, size: sizeInWords(file.size) })}
                </span>
              </fieldset>
            </Field>
            <Field
              className={styles.password}
              label={say("certificate-bench.password-label")}
              hint={hint === null ? say("certificate-bench.password-hint") : say("certificate-bench.practice-password", { password: hint })}
              {...(wrong ? { validationMessage: say("certificate-bench.password-wrong"), validationState: "error" } : {})}
            >
              <Input
                ref={(element: HTMLInputElement | null) => {
                  box.current = element;
                }}
                type="password"
                autoComplete="off"
                value={password}
                onChange={(_event, data) => {
                  setPassword(data.value);
                  forgetPassword();
                }}
                onPaste={pastedPassword}
              />
            </Field>
            <div>
              <Button type="submit" appearance="primary" disabledFocusable={checking}>
                {say("certificate-bench.check")}
              </Button>
            </div>
          </form>
        </FormSection>
        {checking && <DelayedLoading label={say("certificate-bench.checking")} />}
        <div ref={below}>
          {fault !== null && <ErrorBox fault={fault} />}
          {refused !== null && !wrong && <ErrorBox fault={refused.fault} />}
          {inspection?.opens === true && file !== null && <Summary summary={inspection.summary} fileName={file.name} />}
        </div>
      </div>
    </>
  );
}
