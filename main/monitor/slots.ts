/** A bounded number of runs at a time, with three queues: what a person asked for goes before the rest. */

/** 0: asked for by a person. 1: servers that carry a tick. 2: the others. */
export type Urgency = 0 | 1 | 2;

export class Slots<T> {
  readonly #size: number;
  readonly #start: (item: T) => Promise<void>;
  readonly #queues: readonly [Set<T>, Set<T>, Set<T>] = [new Set(), new Set(), new Set()];
  readonly #running = new Set<Promise<void>>();

  /** `start` runs an item and must not reject. */
  constructor(size: number, start: (item: T) => Promise<void>) {
    this.#size = size;
    this.#start = start;
  }

  /** Queues an item, or moves it to a more urgent queue. Starts it at once when a slot is free. */
  add(item: T, urgency: Urgency): void {
    const present = this.#queues.findIndex((queue) => queue.has(item));
    if (present >= 0 && present <= urgency) return;
    this.remove(item);
    this.#queues[urgency].add(item);
    this.#fill();
  }

  /** Takes an item that has not started out of its queue. */
  remove(item: T): void {
    for (const queue of this.#queues) queue.delete(item);
  }

  /** Empties the queues and resolves when everything that runs has ended. */
  async close(): Promise<void> {
    for (const queue of this.#queues) queue.clear();
    await Promise.all(this.#running);
  }

  #fill(): void {
    while (this.#running.size < this.#size) {
      const queue = this.#queues.find((candidate) => candidate.size > 0);
      const [item] = queue ?? [];
      if (queue === undefined || item === undefined) return;
      queue.delete(item);
      const run = this.#start(item).then(() => {
        this.#running.delete(run);
        this.#fill();
      });
      this.#running.add(run);
    }
  }
}
