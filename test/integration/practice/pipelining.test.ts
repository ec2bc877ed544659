/** Several requests on one connection before the first is answered. */
import net from "node:net";
import { AbandonRequest, BindRequest, PresenceFilter, SearchRequest, UnbindRequest } from "ldapts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { Elements, takeMessage } from "../../../main/practice/directory/elements.ts";
import { DOMAIN_DN, openPractice, type Practice } from "./support.ts";

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

const bind = new BindRequest({ messageId: 1, dn: "svc-mail@contoso.lab", password: PRACTICE_PASSWORD }).write();
const search = (messageId: number) =>
  new SearchRequest({ messageId, baseDN: DOMAIN_DN, scope: "base", filter: new PresenceFilter({ attribute: "objectClass" }), attributes: ["dc"] }).write();
const unbind = new UnbindRequest({ messageId: 99 }).write();

/** Sends everything in one piece and returns message numbers and tags of what came until the far side closed. */
async function converse(bytes: Buffer): Promise<readonly string[]> {
  const socket = net.connect({ host: "127.0.0.1", port: await practice.portOf("dc1.contoso.lab", 389) });
  socket.write(bytes);
  let received: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  await new Promise((resolve) => socket.once("close", resolve));
  const answers: string[] = [];
  for (let cut = takeMessage(received, 1 << 20); cut !== null; cut = takeMessage(received, 1 << 20)) {
    received = cut.rest;
    const inner = new Elements(cut.content);
    answers.push(`${inner.integer()} ${inner.next().tag.toString(16)}`);
  }
  return answers;
}

test("are answered one after another, in order", async () => {
  expect(await converse(Buffer.concat([bind, search(2), search(3), unbind]))).toEqual(["1 61", "2 64", "2 65", "3 64", "3 65"]);
});

test("what follows unbind is not answered", async () => {
  expect(await converse(Buffer.concat([bind, unbind, search(2)]))).toEqual(["1 61"]);
});

test("hundreds are answered, though only some are read ahead", async () => {
  const ids = Array.from({ length: 400 }, (_, index) => index + 2);
  const answers = await converse(Buffer.concat([bind, ...ids.map(search), unbind]));
  expect(answers.filter((answer) => answer.endsWith(" 65"))).toEqual(ids.map((id) => `${id} 65`));
});

test("an abandoned request is not answered, whether it waits or is being delayed", async () => {
  await practice.does("slow", "directory", "0.1");
  // As RFC 4511 writes it: the number of the abandoned message, as a primitive integer.
  const abandon = (id: number) => new AbandonRequest({ messageId: 50 + id, abandonId: id }).write();
  const answers = await converse(Buffer.concat([bind, search(2), search(3), abandon(3), search(4), unbind]));
  expect(answers).toEqual(["1 61", "2 64", "2 65", "4 64", "4 65"]);
  expect(await converse(Buffer.concat([bind, abandon(1), unbind]))).toEqual([]);
  await practice.does("up", "directory");
});
