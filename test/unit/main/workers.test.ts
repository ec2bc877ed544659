import { expect, it } from "vitest";
import type { Reading, ReadingQuestion } from "../../../main/certificates/refusal.ts";
import { WorkerLine, WorkerPool, workerUrl } from "../../../main/workers.ts";
import { pfxBytes } from "../../lab/vectors.ts";

it("answers a question that no thread can be sent as crashed, the first one and later ones", async () => {
  const line = new WorkerLine<unknown, { readonly error: string | null }>(workerUrl("aliases", "regex"), {});
  const uncloneable = { pattern: () => "a function cannot be copied" };
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed", error: { name: "DataCloneError" } });
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed" });
  await line.dispose();
});

it("keeps no question waiting behind one that takes long while another thread is free", async () => {
  const pool = new WorkerPool<ReadingQuestion, Reading>(2, workerUrl("certificates", "certificate"), {});
  const ended: string[] = [];
  const ask = async (name: string, file: string, password: string) => {
    await pool.ask({ bytes: pfxBytes(file), password, now: 0, withKey: false }, { timeoutMs: 60_000 });
    ended.push(name);
  };
  const quick = ["1", "2", "3", "4", "5"];
  await Promise.all([ask("long", "rustcrypto/ValidCertificatePathTest1EE_firefox.p12", "password"), ...quick.map((name) => ask(name, "generated/3des.p12", "password"))]);
  expect(ended).toEqual([...quick, "long"]);
}, 120_000);
