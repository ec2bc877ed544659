/** A change notification without a payload. */
export interface ChangeSignal {
  /** The returned function unsubscribes. */
  on(callback: () => void): () => void;
  emit(): void;
}

/** Makes a {@link ChangeSignal}. Listeners are called in the order they came. */
export function createChangeSignal(): ChangeSignal {
  const listeners = new Set<() => void>();
  return {
    on(callback) {
      const listener = () => callback();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit() {
      for (const listener of listeners) listener();
    },
  };
}
