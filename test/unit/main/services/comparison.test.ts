/** Two states of a store beside each other, and what drifts from what is saved. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { ComparedSide } from "../../../../shared/model/comparison.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { eventsOf } from "../../../lab/events.ts";
import { eventually } from "../../../lab/eventually.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { take, temporaryFolder } from "../store/support.ts";
import { given } from "./document-support.ts";
import { checked, connection, contentOf, layBed, listingOf, quietly, server, storeWithDraft, type Bed, type BedOptions } from "./support.ts";

const [saved, draft, now] = [{ kind: "saved" }, { kind: "draft" }, { kind: "directory" }] as const;
const revision = (number: number): ComparedSide => ({ kind: "revision", number });

let bed: Bed;
let storeId: string;
async function lay(options: BedOptions = {}): Promise<void> {
  bed = await layBed(options);
  bed.toy.check = () => Promise.resolve(withCertificate("aa"));
  const known = bed.store.identityStores.list()[0];
  storeId = known?.id ?? (await storeWithDraft(bed));
  if (known !== undefined) return;
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
}
const compare = (left: ComparedSide, right: ComparedSide) => bed.services.comparison.compare(storeId, left, right, quietly());
const told = async (left: ComparedSide, right: ComparedSide) => take(await compare(left, right)).changes.map(({ key, before, after }) => [key, before, after]);
const takeOver = (seen: string | null) => bed.services.comparison.takeOver(storeId, seen ?? "nothing");
const drift = async () => (await bed.services.summaries.current()).get(storeId)?.drift ?? null;
const noticed = async () => (await eventsOf(bed.services)).filter(({ kind }) => kind === "drift-found");
const tickedServer = () => bed.store.identityStores.get(storeId)?.document.messaging?.configuration.servers.find(({ ticked }) => ticked)?.name ?? "";
const withCertificate = (sha256: string): CheckResult => ({ ...checked(null), certificateSha256: sha256 });

describe("a comparison", () => {
  beforeEach(() => lay());
  afterEach(() => bed.dispose());

  it("holds what is saved, the draft and a revision against each other", async () => {
    const page = take(bed.services.editor.open(storeId));
    const begun = take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "another-42"));
    take(await bed.page.write(storeId, contentOf(begun, { username: "other" }, page.saved?.servers ?? [])));
    expect(await told(saved, draft)).toEqual([["values.username", "svc", "other"], ["secrets.password", null, "changed"]]);
    expect(await told(draft, saved)).toEqual([["values.username", "other", "svc"], ["secrets.password", null, "changed"]]);
    expect((await told(revision(1), saved)).map(([key]) => key)).toContain("provider");
    expect(await told(revision(2), saved)).toEqual([]);
  });

  it("holds a handed-over file against any of them", async () => {
    const { base64 } = take(await bed.services.handover.export([storeId], { by: "nothing" }, quietly()));
    const { file } = take(bed.services.files.hold("hq.json", Buffer.from(base64, "base64"), "handover"));
    const { bundle } = take(await bed.services.handover.open(file, null, quietly()));
    const side: ComparedSide = { kind: "bundle", bundle, place: null };
    expect(await told(saved, side)).toEqual([]);
    take(await bed.services.stores.rename(storeId, "Contoso Head Office"));
    expect(await told(saved, side)).toEqual([["name", "Contoso Head Office", "Contoso HQ"]]);
    expect(await told(side, now)).toEqual([]);
    expect(await compare(saved, { ...side, place: 7 })).toMatchObject({ fault: { kind: "not-found", what: "store-in-file" } });
    expect(await compare(saved, { ...side, bundle: "none" })).toEqual(fail({ kind: "not-found", what: "bundle" }));
  });

  it("says which side is not there", async () => {
    expect(await compare(saved, draft)).toEqual(fail({ kind: "not-found", what: "draft" }));
    expect(await compare(revision(9), saved)).toEqual(fail({ kind: "not-found", what: "revision" }));
    expect(await bed.services.comparison.compare("nobody", saved, saved, quietly())).toEqual(fail({ kind: "not-found", what: "identity-store" }));
  });

  it("holds the directory and its servers, as they are now, against what is saved", async () => {
    expect(await told(saved, now)).toEqual([]);
    bed.toy.list = () => Promise.resolve(succeed({ ...listingOf("exb.contoso.lab"), servers: [{ ...server("exb.contoso.lab"), build: "15.0.1500.0" }, server("exc.contoso.lab")] }));
    expect(await told(saved, now)).toEqual([
      ["servers.added", null, "exc.contoso.lab"],
      ["servers.exa.contoso.lab.listed", "listed", "vanished"],
      ["servers.exb.contoso.lab.build", "15.0.1497.2", "15.0.1500.0"],
    ]);
    expect((await told(now, saved)).map(([key]) => key)).toContain("servers.dropped");
    expect(await told(now, now)).toEqual([]);
  });

  it("calls nothing vanished of a directory that cannot be asked, or says less than before", async () => {
    bed.toy.list = () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "refused" }));
    expect(await compare(saved, now)).toMatchObject({ fault: { kind: "unreachable" } });
    expect(await drift()).toBeNull();
    bed.toy.list = () => Promise.resolve(succeed({ ...listingOf("exa.contoso.lab"), complete: "size-limit" }));
    expect(take(await compare(saved, now))).toMatchObject({ changes: [], notCompared: [{ what: "half-listed" }] });
    bed.toy.list = () => Promise.resolve(succeed(listingOf()));
    expect(take(await compare(saved, now))).toMatchObject({ changes: [], notCompared: [{ what: "no-server-listed" }] });
    expect(await drift()).toMatchObject({ vanished: 0, noneListed: true });
  });

  it("tells of a server that says nothing, which is no certificate changed", async () => {
    await compare(saved, now);
    bed.toy.check = () => Promise.resolve(checked("refused"));
    expect(take(await compare(saved, now))).toMatchObject({ changes: [], notCompared: [{ what: "server", subject: tickedServer(), fault: { kind: "unreachable" } }] });
  });

  it("expects no answer of a server that is gone", async () => {
    const gone = tickedServer();
    bed.toy.list = () => Promise.resolve(succeed(listingOf(...["exa.contoso.lab", "exb.contoso.lab"].filter((name) => name !== gone))));
    bed.toy.check = () => Promise.resolve(checked("refused"));
    expect(take(await compare(saved, now))).toMatchObject({ changes: [{ key: `servers.${gone}.listed` }], notCompared: [] });
  });

  it("ends when it is called off, and keeps nothing of it", async () => {
    const controller = new AbortController();
    bed.toy.list = () => {
      controller.abort();
      return Promise.resolve(succeed(listingOf()));
    };
    expect(await bed.services.comparison.compare(storeId, saved, now, { signal: controller.signal, progress: () => {} })).toEqual(fail({ kind: "cancelled" }));
    expect((await bed.store.sightings.read(0)).sightings.size).toBe(0);
  });

  it("keeps nothing either when it is called off while the servers are asked", async () => {
    const controller = new AbortController();
    bed.toy.check = () => {
      controller.abort();
      return Promise.resolve(withCertificate("bb"));
    };
    expect(await bed.services.comparison.compare(storeId, saved, now, { signal: controller.signal, progress: () => {} })).toEqual(fail({ kind: "cancelled" }));
    expect((await bed.store.sightings.read(0)).sightings.size).toBe(0);
  });

  it("signs in with what is saved, whatever a draft holds, and leaves the draft alone", async () => {
    const used: string[] = [];
    bed.toy.list = async (context) => {
      used.push(take(await context.secrets.text("password")) ?? "");
      return succeed(listingOf("exa.contoso.lab", "exb.contoso.lab"));
    };
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "half-ty"));
    const before = bed.store.drafts.get(storeId);
    await compare(draft, now);
    expect(used).toEqual(["secret-42"]);
    expect(bed.store.drafts.get(storeId)).toEqual(before);
  });

  it("holds no secret", async () => {
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "another-42"));
    expect(JSON.stringify(take(await compare(saved, draft)))).not.toMatch(/secret-42|another-42|Pa55/);
    expect(JSON.stringify([...(await bed.store.sightings.read(0)).sightings])).not.toMatch(/secret-42|Pa55/);
  });
});

describe("drift", () => {
  beforeEach(() => lay());
  afterEach(() => bed.dispose());

  it("is in the list of stores until the servers are listed again and saved", async () => {
    expect(await drift()).toBeNull();
    bed.toy.list = () => Promise.resolve(succeed(listingOf("exb.contoso.lab", "exc.contoso.lab", "exd.contoso.lab")));
    await compare(saved, now);
    expect(await drift()).toMatchObject({ vanished: 1, added: 2 });
    take(await bed.services.editor.sync(storeId, quietly()));
    expect(await drift()).not.toBeNull();
    take(await bed.page.save(storeId, 2));
    expect(await drift()).toBeNull();
  });

  it("of certificates is there until they are taken over, or as they were", async () => {
    await compare(saved, now);
    bed.toy.check = () => Promise.resolve(withCertificate("bb"));
    expect(await told(saved, now)).toEqual([[`servers.${tickedServer()}.certificate`, "aa", "bb"]]);
    expect(await told(now, saved)).toEqual([[`servers.${tickedServer()}.certificate`, "bb", "aa"]]);
    expect(await drift()).toMatchObject({ certificates: 1 });
    take(await takeOver(take(await compare(now, saved)).seen));
    expect(await drift()).toBeNull();
    expect(take(await compare(saved, now))).toMatchObject({ changes: [], seen: null });
  });

  it("is taken over as it was shown, and not as it was seen since", async () => {
    await compare(saved, now);
    bed.toy.check = () => Promise.resolve(withCertificate("bb"));
    const shown = take(await compare(saved, now)).seen;
    expect(take(await compare(saved, now)).seen).toBe(shown);
    bed.toy.check = () => Promise.resolve(withCertificate("ee"));
    await compare(saved, now);
    expect(await takeOver(shown)).toEqual(fail({ kind: "not-found", what: "sighting" }));
    expect(await told(saved, now)).toEqual([[`servers.${tickedServer()}.certificate`, "aa", "ee"]]);
  });

  it("of certificates stands beside what is saved alone: no draft and no earlier revision ever held one", async () => {
    await compare(saved, now);
    let checks = 0;
    bed.toy.check = () => {
      checks += 1;
      return Promise.resolve(withCertificate("bb"));
    };
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "another-42"));
    for (const other of [draft, revision(1)]) {
      const keys = [...(await told(other, now)), ...(await told(now, other))].map(([key]) => key);
      expect(keys.filter((key) => key?.endsWith(".certificate"))).toEqual([]);
    }
    expect(checks).toBe(0);
    for (const same of [saved, revision(2)]) expect(await told(same, now)).toEqual([[`servers.${tickedServer()}.certificate`, "aa", "bb"]]);
  });

  it("is told of in the activity once, and once more when it is another one", async () => {
    bed.toy.list = () => Promise.resolve(succeed(listingOf("exb.contoso.lab")));
    for (let again = 0; again < 3; again += 1) await compare(saved, now);
    expect(await noticed()).toMatchObject([{ storeId, storeName: "Contoso HQ" }]);
    bed.toy.list = () => Promise.resolve(succeed(listingOf("exb.contoso.lab", "exc.contoso.lab")));
    await compare(saved, now);
    expect(await noticed()).toHaveLength(2);
  });

  it("goes with its store", async () => {
    await compare(saved, now);
    expect([...(await bed.store.sightings.read(0)).sightings.keys()]).toEqual([storeId]);
    take(await bed.services.stores.remove(storeId, "Contoso HQ"));
    expect(await drift()).toBeNull();
    expect((await bed.store.sightings.read(0)).sightings.has(storeId)).toBe(bed.store.team !== null);
  });
});

describe("a command", () => {
  it("compares, keeps nothing of what it sees, and shows what was kept", async () => {
    const place = temporaryFolder();
    await lay({ folder: place.folder });
    bed.toy.list = () => Promise.resolve(succeed(listingOf("exb.contoso.lab")));
    await compare(saved, now);
    await bed.dispose();
    await lay({ folder: place.folder, host: "command-line" });
    const kept = (await bed.store.sightings.read(0)).sightings;
    expect(await drift()).toMatchObject({ vanished: 1 });
    expect(await told(saved, now)).toEqual([]);
    expect((await bed.store.sightings.read(0)).sightings).toEqual(kept);
    await bed.dispose();
    place.remove();
  });
});

describe("the daily look", () => {
  let clock: FakeClock;
  let looks: number;
  beforeEach(async () => {
    clock = fakeClock(() => 0);
    await lay({ clock, interval: 3_600 });
    looks = 0;
    bed.toy.list = () => {
      looks += 1;
      return Promise.resolve(succeed(listingOf("exb.contoso.lab")));
    };
  });
  afterEach(() => bed.dispose());
  const pass = async (ms: number) => {
    await clock.advance(ms);
    // What is written is written outside the clock.
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it("comes once a day, and names what it found", async () => {
    bed.services.attend();
    await pass(61_000);
    await eventually(async () => expect(await drift()).toMatchObject({ vanished: 1 }));
    expect(looks).toBe(1);
    for (let hour = 0; hour < 22; hour += 1) await pass(3_600_000);
    expect(looks).toBe(1);
    for (let hour = 0; hour < 3; hour += 1) await pass(3_600_000);
    expect(looks).toBe(2);
    expect(await noticed()).toHaveLength(1);
  });

  it("comes again within the hour where nobody answered, and the next day where the account was refused", async () => {
    let fault: "unreachable" | "sign-in" = "unreachable";
    bed.toy.list = () => {
      looks += 1;
      return Promise.resolve(fail(fault === "unreachable" ? { kind: "unreachable", rung: "tcp", reason: "refused" } : { kind: "sign-in", reason: "wrong-credentials" }));
    };
    bed.services.attend();
    for (let minute = 0; minute < 59; minute += 1) await pass(60_000);
    expect(looks).toBe(1);
    fault = "sign-in";
    for (let minute = 0; minute < 5; minute += 1) await pass(60_000);
    expect(looks).toBe(2);
    for (let hour = 0; hour < 20; hour += 1) await pass(3_600_000);
    expect(looks).toBe(2);
    expect(await drift()).toBeNull();
  });

  it("leaves it to another console of the team that checks for all, and asks nobody after its end", async () => {
    const { store } = bed;
    Object.defineProperty(store, "checks", { value: { leftToOthers: () => true, follow: () => () => {}, found: () => {} } });
    bed.services.attend();
    await pass(3_600_000);
    expect(looks).toBe(0);
    Object.defineProperty(store, "checks", { value: null });
    await bed.services.dispose();
    await pass(3_600_000);
    expect(looks).toBe(0);
  });

  it("asks nothing of a store that nothing is saved of", async () => {
    take(await bed.services.stores.remove(storeId, "Contoso HQ"));
    take(await bed.services.documents.create({ document: { name: "Bare", connection, messaging: { provider: "none", variant: null, values: {} } }, secrets: { "directory.password": given["directory.password"] }, files: {} }));
    bed.services.attend();
    await pass(61_000);
    expect(looks).toBe(0);
  });
});
