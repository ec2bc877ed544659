import { describe, expect, it } from "vitest";
import type { OpenedCertificate } from "../../../../main/certificates/opened.ts";
import { CheckMemories } from "../../../../main/services/check-memories.ts";
import { OpenedCertificates } from "../../../../main/services/opened-certificates.ts";
import type { SealedMessaging } from "../../../../main/store/types.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import { connection } from "./support.ts";

const certificate: OpenedCertificate = { certificatePem: "", chainPem: [], privateKeyPem: "", thumbprintSha256: "", thumbprintSha1: "", notAfter: 0 };

/** Opens, and counts how often it had to. */
function counting(result: Result<OpenedCertificate> = succeed(certificate)) {
  const counter = { opened: 0, open: () => Promise.resolve(((counter.opened += 1), result)) };
  return counter;
}

describe("opened containers", () => {
  it("are opened once for the same references, and again for another container or password", async () => {
    const kept = new OpenedCertificates();
    const counter = counting();
    for (const references of [["file", "password"], ["file", "password"], ["file", "another"], ["file"], ["file", "password"]]) await kept.get(references, counter.open);
    expect(counter.opened).toBe(3);
  });

  it("are opened again for another certificate that was chosen of the same file", async () => {
    const kept = new OpenedCertificates();
    const counter = counting();
    for (const identity of [null, "aa", "bb", "aa", null]) await kept.get(["file"], counter.open, identity);
    expect(counter.opened).toBe(3);
  });

  it("are not kept when they do not open, so that a vault that can be read again is asked again", async () => {
    const kept = new OpenedCertificates();
    const counter = counting(fail({ kind: "unreadable", what: "secret-unreadable" }));
    await kept.get(["file"], counter.open);
    await kept.get(["file"], counter.open);
    expect(counter.opened).toBe(2);
  });

  it("are few: the one not asked for the longest goes", async () => {
    const kept = new OpenedCertificates();
    const counter = counting();
    for (let file = 0; file < 32; file += 1) await kept.get([`file-${file}`], counter.open);
    await kept.get(["file-0"], counter.open);
    await kept.get(["one-more"], counter.open);
    await kept.get(["file-0"], counter.open);
    expect(counter.opened).toBe(33);
    await kept.get(["file-1"], counter.open);
    expect(counter.opened).toBe(34);
  });
});

describe("what checks remember", () => {
  const form = (values: SealedMessaging["configuration"]["values"], password: string): SealedMessaging => ({
    configuration: { provider: "toy", variant: null, values, servers: [], syncedAt: null, notShown: [], complete: true },
    secrets: { password: { id: password, at: 0 } },
    certificates: { file: { secret: { id: "file", at: 0 }, fileName: "a.pfx", summary: null, fault: null, identity: null } },
  });

  it("belongs to one configuration with its secrets, and ends with them", async () => {
    const memories = new CheckMemories();
    const first = memories.of("store", form({ domain: "a" }, "one"), connection);
    expect(memories.of("store", form({ domain: "a" }, "one"), connection)).toBe(first);
    expect(memories.of("store", form({ domain: "b" }, "one"), connection)).not.toBe(first);
    expect(memories.of("store", form({ domain: "a" }, "two"), connection)).not.toBe(first);
    expect(memories.of("other", form({ domain: "a" }, "one"), connection)).not.toBe(first);
    memories.sweep();
    memories.sweep();
    expect(memories.of("store", form({ domain: "a" }, "one"), connection)).not.toBe(first);
  });

  it("lets go of a container as soon as its password is another one", async () => {
    const memories = new CheckMemories();
    const counter = counting();
    memories.of("store", form({}, "one"), connection);
    await memories.opened.get(["file", "one"], counter.open);
    memories.sweep();
    memories.of("store", form({}, "one"), connection);
    await memories.opened.get(["file", "one"], counter.open);
    memories.sweep();
    expect(counter.opened).toBe(1);
    memories.of("store", form({}, "two"), connection);
    memories.sweep();
    await memories.opened.get(["file", "one"], counter.open);
    expect(counter.opened).toBe(2);
  });
});
