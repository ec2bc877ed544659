/** Licences of many rows are read with the whole tenant, once, and of few one by one. */
import { expect, it } from "vitest";
import { holderLookup } from "../../../../../main/services/jobs/holders.ts";
import { fail, succeed, type Fault } from "../../../../../shared/fault.ts";
import { holderOf } from "../support.ts";

const away: Fault = { kind: "unreachable", rung: "tcp", reason: "timed-out" };

function lookup(rows: number, every: readonly string[] | Fault) {
  const asked: string[] = [];
  const find = holderLookup(rows, {
    one: (user) => {
      asked.push(user);
      return Promise.resolve(succeed(holderOf(user)));
    },
    every: () => {
      asked.push("everybody");
      return Promise.resolve("kind" in every ? fail(every) : succeed(new Map(every.map((user) => [user, holderOf(user)]))));
    },
  });
  return { asked, find };
}

it.each([[50, ["eva", "tom"]], [51, ["everybody"]]])("of %i rows asks for %j", async (rows, expected) => {
  const { asked, find } = lookup(rows, ["eva", "tom"]);
  expect(await Promise.all(["eva", "tom"].map(find))).toEqual([succeed(holderOf("eva")), succeed(holderOf("tom"))]);
  expect(asked).toEqual(expected);
});

it("asks nobody where no row needs it", () => {
  expect(lookup(1_000, ["eva"]).asked).toEqual([]);
});

it("asks for whoever is missing alone: who is not in what was read may be there", async () => {
  const { asked, find } = lookup(51, ["eva"]);
  expect(await find("new")).toEqual(succeed(holderOf("new")));
  expect(asked).toEqual(["everybody", "new"]);
});

it("knows of nobody where the tenant did not come whole", async () => {
  const { asked, find } = lookup(51, away);
  expect([await find("eva"), await find("tom")]).toEqual([fail(away), fail(away)]);
  expect(asked).toEqual(["everybody"]);
});
