/** A directory and mail servers in memory, that answer what a test says and count what was done. */
import type { DirectoryObjects } from "../../../../main/directory/types.ts";
import type { BoundProvisioning, ProvisioningRun } from "../../../../main/providers/provider.ts";
import { succeed, type Result } from "../../../../shared/fault.ts";
import type { DirectoryObject, MadeStep, StepOutcome } from "../../../../shared/model/mail-object.ts";
import type { StoreConnection } from "../../../../shared/model/identity-store.ts";

export interface FarSide {
  readonly connection: StoreConnection;
  readonly objects: DirectoryObjects;
  readonly provisioning: BoundProvisioning;
  readonly run: ProvisioningRun;
  /** The name of the object that is there. */
  present: string | null;
  /** How the directory answers to a `create`; `make` makes the object. */
  create: (make: () => DirectoryObject) => Result<DirectoryObject>;
  /** What servers answer next; a success where nothing is left. */
  readonly answers: StepOutcome[];
  /** An action that is not answered has its effect all the same. */
  takesUnanswered: boolean;
  beforeAnswer: () => void;
  /** How many objects were made, how often a mail part was. */
  made: number;
  effects: number;
  readonly asked: (string | null)[];
  readonly heard: MadeStep[];
  /** The GUIDs of the objects that servers were asked about. */
  readonly objectsAsked: (string | null)[];
  /** Nothing can be looked at any more. */
  isGone: boolean;
}

/** Of the object that is there. */
const PRESENT_GUID = "00112233-4455-6677-8899-aabbccddeeff";

const unexpected = () => {
  throw new Error("nobody asks for this here");
};

export function farSide(): FarSide {
  let enabled = false;
  const far: FarSide = {
    connection: { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "svc", security: "ldaps", trust: { mode: "system" } },
    present: null,
    create: (make) => succeed(make()),
    answers: [],
    takesUnanswered: false,
    beforeAnswer: () => undefined,
    made: 0,
    effects: 0,
    asked: [],
    heard: [],
    objectsAsked: [],
    isGone: false,
    objects: {
      controller: "dc1",
      containers: unexpected,
      find: unexpected,
      called: unexpected,
      conflicts: unexpected,
      nameOf: ({ name }) => `CN=${name}`,
      create: ({ name }) => Promise.resolve(far.create(() => {
        far.present = `CN=${name}`;
        far.made += 1;
        return { identity: far.present, guid: "9f3e", controller: "dc1" };
      })),
      locate: () => Promise.resolve(succeed(far.present === null ? null : { identity: far.present, guid: "9f3e", controller: "dc1" })),
      read: ({ identity, guid }) => Promise.resolve(succeed(identity === far.present && (guid === null || guid === PRESENT_GUID) ? { dn: identity, attributes: { objectguid: [Buffer.from("33221100554477668899aabbccddeeff", "hex").toString("base64")] } } : null)),
      modify: unexpected,
      remove: () => {
        far.present = null;
        return Promise.resolve(succeed(null));
      },
      close: () => Promise.resolve(),
    },
    provisioning: {
      via: "servers",
      aliasLength: 64,
      types: () => [],
      domain: () => null,
      issues: () => [],
      address: ({ alias }) => `${alias}@contoso.lab`,
      attributes: () => ({}),
      byHand: () => [],
      commands: () => "",
      openObjects: null,
      obstacle: () => null,
      open: unexpected,
    },
    run: {
      ask: (server, _request, { guid }) => {
        far.asked.push(server);
        far.objectsAsked.push(guid);
        far.beforeAnswer();
        const answer: StepOutcome = far.answers.shift() ?? { state: "succeeded", already: enabled, address: null };
        if ((answer.state === "succeeded" && !answer.already) || (answer.state === "unanswered" && far.takesUnanswered)) {
          enabled = true;
          far.effects += 1;
        }
        return Promise.resolve(answer);
      },
      look: () => Promise.resolve(far.isGone ? { state: "unanswered", fault: { kind: "unreachable", rung: "tcp", reason: "refused" } } : enabled ? { state: "found", address: "sales@contoso.lab" } : { state: "missing" }),
      close: () => Promise.resolve(),
    },
  };
  return far;
}
