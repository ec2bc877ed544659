/** What is in the file: verdicts first, then the facts, and the public part to take along. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import type { CertificateSummary } from "../../../shared/model/certificate.ts";
import { weightOf } from "../../../shared/rules/certificate-use.ts";
import { certificateFacts } from "../../text/certificate.ts";
import { say } from "../../text/text.ts";
import { download } from "../../ui/download.ts";
import { useNotify } from "../../ui/notify.ts";
import { useNow } from "../../ui/use-now.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { FactList, type Fact } from "./fact-list.tsx";
import { VerdictList } from "./verdict-list.tsx";
import { cipherInWords, derOf, exportName, linkInWords, macInWords, validityInWords } from "./words.ts";

const useStyles = makeStyles({ chain: { margin: "0", paddingLeft: "18px" }, opens: { margin: "0" } });

function factsOf(summary: CertificateSummary, now: number, chainStyle: string): readonly Fact[] {
  const { subject, issuer, serialNumber, chain, certificates, keyType, hasPrivateKey, certificatePem } = summary;
  const sha1 = summary.thumbprintSha1.toUpperCase();
  const sha256 = summary.thumbprintSha256.toUpperCase();
  const container: readonly Fact[] = [
    { label: say("certificate-bench.key"), value: say(hasPrivateKey ? "certificate-bench.key-private" : "certificate-bench.key-public", { type: keyType }) },
    { label: say("certificate-bench.container"), value: cipherInWords(summary) },
    { label: say("certificate-bench.mac"), value: macInWords(summary) },
    { label: say("certificate-bench.certificates"), value: String(certificates) },
    ...certificateFacts(summary).map(({ label, lines }) => ({ label, value: lines.map((line) => <div key={line}>{line}</div>) })),
  ];
  if (certificatePem === null) return container;
  const links = (
    <ol className={chainStyle}>
      {chain.map((link, index) => (
        <li key={`${index}/${link.subject}`}>{linkInWords(link)}</li>
      ))}
    </ol>
  );
  return [
    { label: say("certificate-bench.subject"), value: subject === "" ? say("certificate-bench.nothing") : subject, copy: subject },
    { label: say("certificate-bench.issuer"), value: issuer === "" ? say("certificate-bench.nothing") : issuer, copy: issuer },
    { label: say("certificate-bench.validity"), value: validityInWords(summary, now) },
    { label: say("certificate-bench.thumbprint-sha1"), value: sha1, copy: sha1, code: true },
    { label: say("certificate-bench.thumbprint-sha256"), value: sha256, copy: sha256, code: true },
    { label: say("certificate-bench.serial"), value: serialNumber, copy: serialNumber, code: true },
    ...container,
    { label: say("certificate-bench.chain"), value: links },
  ];
}

function ExportMenu({ pem, fileName }: { readonly pem: string; readonly fileName: string }) {
  const notify = useNotify();
  const name = exportName(fileName);
  const save = (content: string | Uint8Array<ArrayBuffer>) => {
    download(name, content, "application/pkix-cert");
    notify({ text: say("certificate-bench.exported", { name }) });
  };
  return (
    <div>
      <Menu positioning={{ autoSize: true }}>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />}>{say("certificate-bench.export")}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save(pem)}>{say("certificate-bench.export-pem")}</MenuItem>
            <MenuItem onClick={() => save(derOf(pem))}>{say("certificate-bench.export-der")}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}

export function Summary({ summary, fileName }: { readonly summary: CertificateSummary; readonly fileName: string }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <FormSection title={say("certificate-bench.section-result", { name: fileName })}>
      {summary.verdicts.every((verdict) => weightOf(verdict) === "remark") && <p className={styles.opens}>{say("certificate-bench.opens-with-remarks")}</p>}
      <VerdictList verdicts={summary.verdicts} />
      <FactList facts={factsOf(summary, now, styles.chain)} />
      {summary.certificatePem !== null && <ExportMenu pem={summary.certificatePem} fileName={fileName} />}
    </FormSection>
  );
}
