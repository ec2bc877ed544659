import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PracticeService } from "../../../../main/services/practice.ts";
import { FileHolder } from "../../../../main/services/files.ts";
import type { PracticePort } from "../../../../main/ports.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { PracticeComponent } from "../../../../shared/contract/practice.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";
import { checked, contentOf, layBed, quietly, storeWithDraft, type Bed } from "./support.ts";

let clock: FakeClock;
let bed: Bed;
beforeEach(async () => {
  clock = fakeClock(() => 0);
  bed = await layBed({ clock, interval: 3600 });
});
afterEach(() => bed.dispose());

describe("the services together", () => {
  it("say no to what this host lacks, and why", async () => {
    const { services } = bed;
    expect(services.practice.facts()).toEqual({ ok: false, fault: { kind: "unsupported", why: "not-practice" } });
    expect(await services.openPractice()).toEqual({ ok: false, fault: { kind: "unsupported", why: "no-practice" } });
    expect(await services.inspectCertificate("x", null)).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });

  it("change nothing that an administrator decides, and open no practice organisation that he forbids", async () => {
    const policies = [
      { name: "Contact", value: "Jürgen, 東京", from: "machine", problem: null },
      { name: "CheckInterval", value: 60, from: "machine", problem: null },
      { name: "NoPractice", value: true, from: "machine", problem: null },
    ] as const;
    const managed = { policies: [...policies], unknown: [] };
    const other = await layBed({ managed, openPractice: () => Promise.resolve(succeed({ url: null })) });
    const { services } = other;
    expect(services.managed()).toEqual(managed);
    expect(await services.setPreferences({ theme: "dark", checkIntervalSeconds: 5 })).toEqual(fail({ kind: "managed", policy: "CheckInterval", contact: "Jürgen, 東京" }));
    expect(services.preferences().theme).toBe("system");
    expect(await services.setPreferences({ theme: "dark" })).toMatchObject({ ok: true, value: { theme: "dark" } });
    expect(await services.openPractice()).toEqual(fail({ kind: "managed", policy: "NoPractice", contact: "Jürgen, 東京" }));
    await other.dispose();
  });

  it("keep nobody's credentials for a proxy, which would lie in a file that is not sealed", async () => {
    const refused = await bed.services.setPreferences({ proxy: "address", proxyAddress: "http://anna:Pa55word@proxy.contoso.lab:8080" });
    expect(refused).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["proxyAddress"], code: "proxy-credentials" }] } });
    expect(JSON.stringify(bed.services.preferences())).not.toContain("Pa55word");
  });

  it("check in the new interval as soon as it is set", async () => {
    const checks: string[] = [];
    bed.toy.check = (server) => {
      checks.push(server);
      return Promise.resolve(checked(null));
    };
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    bed.services.attend();
    await clock.advance(1_000);
    take(await bed.services.setPreferences({ checkIntervalSeconds: 5 }));
    await clock.advance(5_100);
    expect(checks).toHaveLength(4);
  });

  it("check a server at once when it is ticked", async () => {
    const checks: string[] = [];
    bed.toy.check = (server) => {
      checks.push(server);
      return Promise.resolve(checked(null));
    };
    const storeId = await storeWithDraft(bed);
    const draft = take(await bed.services.editor.sync(storeId, quietly()));
    bed.services.attend();
    await clock.advance(1_000);
    checks.length = 0;
    const servers = draft.forms.toy?.servers.map((server, index) => ({ ...server, ticked: true, priority: index + 1 }));
    take(await bed.page.write(storeId, contentOf(draft, {}, servers)));
    await clock.advance(100);
    expect(checks).toEqual(["exb.contoso.lab"]);
  });
});

describe("the practice drawer", () => {
  it("follows the organisation and holds its files", async () => {
    let told: () => void = () => {};
    let state = "up";
    const components = (): PracticeComponent[] => [{ id: "exb", detail: "2013", kind: "server", state, verbs: ["down"] }];
    const port: PracticePort = {
      facts: () => ({
        domain: "contoso.lab",
        username: "svc",
        password: "p",
        forms: [],
        files: [{ name: "practice.pfx", password: "p", base64: Buffer.from("pfx").toString("base64") }],
      }),
      components,
      onChange: (callback) => {
        told = callback;
        return () => {};
      },
      run: (verb) => {
        state = verb;
        told();
        return Promise.resolve(succeed(null));
      },
    };
    const files = new FileHolder(clock, null);
    const practice = new PracticeService(port, files);
    expect(practice.feed.get("exb")?.state).toBe("up");
    take(await practice.run("down", "exb", null));
    expect(practice.feed.get("exb")?.state).toBe("down");
    const held = take(practice.holdFile("practice.pfx"));
    expect(Buffer.from(take(files.read(held.file)).bytes).toString()).toBe("pfx");
    expect(practice.holdFile("other.pfx")).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });
});
