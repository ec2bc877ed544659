// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CertificateBenchPage } from "../../../../../renderer/features/certificate-bench/certificate-bench-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { session } from "../../../../../renderer/stores/session.ts";
import { say } from "../../../../../renderer/text/text.ts";
import type { Hello } from "../../../../../shared/contract/app.ts";
import { succeed } from "../../../../../shared/result.ts";
import type { CertificateInspection, CertificateSummary } from "../../../../../shared/model/certificate.ts";
import { click, render, type, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

const summary: CertificateSummary = {
  subject: "CN=mail", issuer: "CN=me", serialNumber: "01", thumbprintSha1: "00", thumbprintSha256: "00", notBefore: 0, notAfter: 1_800_000_000_000,
  keyType: "RSA 2048", hasPrivateKey: true, cipher: "modern", cipherNames: [], mac: "absent", certificates: 1, chain: [], verdicts: ["fine"],
  certificatePem: null, integrity: "absent", identities: [], takenBy: [], readers: [], remarks: [],
};

const hello: Hello = {
  contract: "", version: "1.2.3", host: "electron", platform: "linux", practice: false, dataDirectory: "/data",
  keyProtection: "key-file", filePicker: "native", user: "anna", storeNotice: null,
};
let page: Rendered;
beforeEach(() => session.setState({ hello }));
afterEach(() => {
  page.unmount();
  session.setState({ hello: null });
});

const text = () => page.host.textContent;

function box(): HTMLInputElement {
  const found = page.host.querySelector<HTMLInputElement>("input[type=password]");
  if (found === null) throw new Error("there is no box for a password");
  return found;
}

/** Chooses a file that every question is answered about in the same way. */
async function chooseFile(answer: CertificateInspection): Promise<void> {
  provideClient(
    standInClient({
      "files.pick": () => ({ ok: true, value: { file: "f", name: "mail.pfx", size: 1 } }),
      "certificates.inspect": () => ({ ok: true, value: answer }),
    }),
  );
  page = await render(<CertificateBenchPage />);
  await click(page.button(say("certificate-bench.file-choose")));
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
}

describe("what was read of a certificate file", () => {
  it("goes with the password that it was opened with", async () => {
    await chooseFile({ opens: true, summary });
    expect(text()).toContain("RSA 2048");
    await type(box(), "other");
    expect(text()).not.toContain("RSA 2048");
  });

  it("stays where no password makes a difference", async () => {
    await chooseFile({ opens: false, fault: { kind: "unreadable", what: "damaged" }, verdict: "damaged" });
    const before = text();
    await type(box(), "other");
    expect(text()).toBe(before);
  });
});

describe("another file", () => {
  it("is not shown with an answer about the file before, and asked for its own password", async () => {
    const opened = Promise.withResolvers<CertificateInspection>();
    const shut: CertificateInspection = { opens: false, fault: { kind: "wrong-password", subject: "certificate" }, verdict: "wrong-password" };
    const names = ["first.pfx", "second.pfx"];
    provideClient(
      standInClient({
        "files.pick": () => succeed({ file: names[0], name: names.shift(), size: 1 }),
        "certificates.inspect": async (input) => succeed(JSON.stringify(input) === JSON.stringify({ file: "first.pfx", password: "of-the-first" }) ? await opened.promise : shut),
      }),
    );
    page = await render(<CertificateBenchPage />);
    const choose = async () => {
      await click(page.button(say("certificate-bench.file-choose")));
      await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    };
    await choose();
    await type(box(), "of-the-first");
    await click(page.button(say("certificate-bench.check")));
    await choose();
    expect(text()).toContain("second.pfx");
    expect(box().value).toBe("");
    await act(async () => opened.resolve({ opens: true, summary }));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(text()).not.toContain("RSA 2048");
  });
});
