/**
 * Licences of many users over Graph, over the wire: in batches, each user once, whatever becomes of single answers. Sources:
 * microsoft-graph-toolkit#448 (throttled items of a batch were lost), learn.microsoft.com/graph/json-batching.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ManyChanges, ProviderContext } from "../../../main/providers/provider.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { take } from "../../unit/main/store/support.ts";
import { tenantLog } from "../jobs/tenant-log.ts";
import { FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;
const FLOW = "f30db892-07e9-47e9-837c-80727f46fd3d";
const USERS = 45;
const STAFF = 3;

if (office365.subscriptions == null) throw new Error("Office 365 has no subscriptions");
const { many, holder } = office365.subscriptions;

const log = tenantLog();
let clouds: Clouds;
/** One application, which signs in once. */
let context: ProviderContext;
let users: string[];
/** Batches that were sent, reading ones too. */
let batches = 0;

beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(() => clouds.reset());
afterAll(async () => {
  log.stop();
  await clouds.stop();
});
beforeEach(async () => {
  context = clouds.context({ secrets: { clientSecret: clouds.secret } });
  const objects = take((await office365.provisioning?.openObjects?.(configuration, context)) ?? fail({ kind: "cancelled" }));
  users = [];
  for (let number = 1; number <= USERS; number += 1) {
    const request = { action: "create", type: "mailbox", name: `User ${number}`, container: null, identity: null, alias: `user${number}`, address: null, externalAddress: null, accountName: `user${number}` } as const;
    users.push(take(await objects.create(request, { password: "Starter-Pa55word!", attributes: {} })).guid ?? "");
  }
  batches = 0;
  log.hear = ({ path }) => (batches += path === "/v1.0/$batch" ? 1 : 0);
});

interface Heard {
  /** Users by how they ended, as often as it was told. */
  readonly ended: Map<string, Result<null>[]>;
  readonly result: Result<null>;
  /** How often each was decided over. */
  readonly decided: Map<string, number>;
}

/** Gives FLOW_FREE to all of them, as a run does: who has it needs nothing. */
async function give(more: Partial<ManyChanges> = {}, asked: readonly string[] = users, on = context): Promise<Heard> {
  const ended: Heard["ended"] = new Map();
  const decided: Heard["decided"] = new Map();
  const changes: ManyChanges = {
    decide: async (user, found) => {
      decided.set(user, (decided.get(user) ?? 0) + 1);
      const refusal = await more.decide?.(user, found);
      if (refusal?.ok === false) return refusal;
      const lacks = !directLicences(found).includes(FLOW);
      return succeed(lacks ? { give: [FLOW], take: [], usageLocation: found.usageLocation === null ? "DE" : null } : null);
    },
    sending: (sent) => more.sending?.(sent) ?? Promise.resolve(succeed(null)),
    done: (answers) => {
      for (const [user, answer] of answers) ended.set(user, [...(ended.get(user) ?? []), answer]);
      return more.done?.(answers) ?? Promise.resolve(succeed(null));
    },
  };
  return { ended, decided, result: await many.changeMany(configuration, asked, changes, on) };
}

const allDone = () => new Map(users.map((user) => [user, [succeed(null)]]));
const held = async () => {
  const found: LicenceHolder[] = [];
  for await (const page of many.everyHolder(configuration, context)) found.push(...take(page));
  return found.filter(({ id }) => users.includes(id)).map((each) => directLicences(each).join());
};
const everyone = () => users.map(() => FLOW);
const requests = () => users.map((user) => log.licensed(user));

describe("every user of a tenant", () => {
  it("comes with its licences, also behind an empty page", async () => {
    for (const state of ["up", "empty-page"]) {
      await clouds.set("graph", state);
      const pages: (readonly LicenceHolder[])[] = [];
      for await (const page of many.everyHolder(configuration, context)) pages.push(take(page));
      expect(pages.map(({ length }) => length)).toEqual(state === "up" ? [USERS + STAFF] : [0, USERS + STAFF]);
      const eva = pages.flat().find(({ name }) => name === "Eva Lind");
      expect(eva).toEqual(take(await holder(configuration, eva?.id ?? "", context)));
    }
  });

  it.each([
    ["page-lost", { kind: "unreachable" }],
    ["throttled", { kind: "throttled" }],
    ["forbidden", { kind: "forbidden" }],
    ["page-repeated", { kind: "unsupported", why: "listing-without-end" }],
  ])("is not there while the tenant is %s: the last page is a fault, and no end", async (state, fault) => {
    await clouds.set("graph", state);
    const pages: Result<readonly LicenceHolder[]>[] = [];
    for await (const page of many.everyHolder(configuration, context)) pages.push(page);
    expect(pages.at(-1)).toMatchObject({ ok: false, fault });
    expect(pages.slice(0, -1).every(({ ok }) => ok)).toBe(true);
  });
});

describe("licences of many users", () => {
  it("are changed twenty users at a time: read, placed, given", async () => {
    const { ended, result } = await give();
    expect([result, ended]).toEqual([succeed(null), allDone()]);
    expect([await held(), requests(), batches]).toEqual([everyone(), users.map(() => 1), 9]);
  });

  it("and where single requests are throttled, those alone are asked for again", async () => {
    await clouds.set("graph", "items-throttled");
    const { ended, result } = await give();
    expect([result, ended]).toEqual([succeed(null), allDone()]);
    expect([await held(), requests()]).toEqual([everyone(), users.map(() => 1)]);
  });

  it.each(["answer-lost", "fails-after"])("are read again before anything is written again where an answer was lost (%s)", async (state) => {
    const looks = new Map<string, number>();
    const { ended, result, decided } = await give({
      sending: async () => {
        if (looks.size === 20) await clouds.set("graph", state);
        return succeed(null);
      },
      decide: async (user) => {
        looks.set(user, (looks.get(user) ?? 0) + 1);
        // By then both answers were lost: of the place, and of the licences.
        if (looks.get(user) === 3) await clouds.set("graph", "up");
        return succeed(null);
      },
    });
    expect(users.map((user) => decided.get(user))).toEqual(users.map((_user, index) => (index < 20 ? 3 : 1)));
    expect(result).toEqual(succeed(null));
    expect(ended).toEqual(allDone());
    expect([await held(), requests().every((count) => count <= 1)]).toEqual([everyone(), true]);
  });

  it("of whom some are gone, or refused, are changed for the others", async () => {
    const gone = "00000000-0000-0000-0000-000000000009";
    const [refused = ""] = users;
    const { ended, result } = await give({ decide: (user) => Promise.resolve(user === refused ? fail({ kind: "object-refused", why: "changed-meanwhile" }) : succeed(null)) }, [gone, ...users]);
    expect(result).toEqual(succeed(null));
    expect(ended.size).toBe(USERS + 1);
    expect([ended.get(gone), ended.get(refused)]).toMatchObject([[{ fault: { kind: "not-found", what: "user-in-tenant" } }], [{ fault: { why: "changed-meanwhile" } }]]);
    expect(await held()).toEqual(["", ...everyone().slice(1)]);
  });

  it("end with the tenant, and whoever was not told of is as before", async () => {
    const { ended, result } = await give({
      done: async () => {
        await clouds.set("graph", "down");
        return succeed(null);
      },
    });
    expect(result).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    expect([...ended.keys()]).toEqual(users.slice(0, 20));
    await clouds.set("graph", "up");
    expect(await held()).toEqual(everyone().map((licence, index) => (index < 20 ? licence : "")));
  });

  it("end with whoever cannot write them down: before anything is sent, and after", async () => {
    const notStored = fail({ kind: "not-stored", why: "read-only" } as const);
    expect((await give({ sending: () => Promise.resolve(notStored) })).result).toEqual(notStored);
    expect(await held()).toEqual(users.map(() => ""));
    expect((await give({ done: () => Promise.resolve(notStored) })).result).toEqual(notStored);
    expect((await held()).filter((licence) => licence === FLOW)).toHaveLength(20);
  });

  it("are not gone on with once it is called off", async () => {
    const controller = new AbortController();
    const signal = controller.signal;
    const { result, ended } = await give({
      done: () => {
        controller.abort();
        return Promise.resolve(succeed(null));
      },
    }, users, { ...context, signal });
    expect([result, ended.size]).toEqual([fail({ kind: "cancelled" }), 20]);
    expect((await held()).filter((licence) => licence === FLOW)).toHaveLength(20);
  });
});
