/**
 * How a new tab comes in without an address of its own: a link that was opened in a new tab, a bookmark. It asks the tabs that are
 * inside, and one of them has the host make a one-time code for it. The browser carries this between pages of one origin in one
 * profile and to nobody else: the pages of this very host.
 */
const CHANNEL = "messaging-console";
/** A tab that is inside answers within a few milliseconds, a busy one later. */
const ANSWER_WITHIN_MS = 1_000;

/** What goes over the channel: a question with the number of who asks, or the code for that one. */
interface Message {
  readonly from?: string;
  readonly to?: string;
  readonly code?: string;
}

function read(event: MessageEvent<unknown>): Message {
  const { data } = event;
  if (typeof data !== "object" || data === null) return {};
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(data, name);
    return typeof value === "string" ? value : undefined;
  };
  const [from, to, code] = [text("from"), text("to"), text("code")];
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(code === undefined ? {} : { code }) };
}

/** A one-time code from a tab that is inside; null where none answers. */
export function askOtherTabs(): Promise<string | null> {
  const channel = new BroadcastChannel(CHANNEL);
  const me = crypto.randomUUID();
  return new Promise((resolve) => {
    const settle = (code: string | null) => {
      clearTimeout(timer);
      channel.close();
      resolve(code);
    };
    const timer = setTimeout(() => settle(null), ANSWER_WITHIN_MS);
    channel.addEventListener("message", (event) => {
      const { to, code } = read(event);
      if (to === me && code !== undefined) settle(code);
    });
    // It has no target: the browser carries it to pages of this origin alone.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage({ from: me } satisfies Message);
  });
}

/** Lets tabs in that ask, for the life of the page. `invite` answers a code, or null where none can be had. */
export function answerOtherTabs(invite: () => Promise<string | null>): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", (event) => {
    const { from } = read(event);
    if (from === undefined) return;
    void invite().then((code) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      if (code !== null) channel.postMessage({ to: from, code } satisfies Message);
    });
  });
}
