export type BatcherOptions<Samples> = {
  /** Stores a batch whole or not at all; is never called while it is at work. */
  readonly store: (batch: readonly Samples[]) => Promise<void>;
  /** How long the first of a batch waits for others. */
  readonly lingerMs: number;
  /** Samples that do not wait for company. */
  readonly fullSamples: number;
  /** Samples of one batch at most, unless a single append brings more. */
  readonly maxSamples: number;
};

type Waiting<Samples> = {
  readonly samples: Samples;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Gathers appends that come close together into one, since a commit costs as much as thousands of samples. */
export class Batcher<Samples extends { readonly length: number }> {
  readonly #options: BatcherOptions<Samples>;
  readonly #waiting: Waiting<Samples>[] = [];
  #samples = 0;
  #flushing: Promise<void> | null = null;
  #hurry: (() => void) | null = null;
  #isClosing = false;

  constructor(options: BatcherOptions<Samples>) {
    this.#options = options;
  }

  append(samples: Samples): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#waiting.push({ samples, resolve, reject });
      this.#samples += samples.length;
      if (this.#samples >= this.#options.fullSamples) this.#hurry?.();
      this.#flushing ??= this.#flush();
    });
  }

  #take(): Waiting<Samples>[] {
    let count = 0;
    const until = this.#waiting.findIndex(({ samples }, index) => {
      count += samples.length;
      return index > 0 && count > this.#options.maxSamples;
    });
    const batch = this.#waiting.splice(0, until < 0 ? this.#waiting.length : until);
    for (const { samples } of batch) this.#samples -= samples.length;
    return batch;
  }

  async #flush(): Promise<void> {
    const { store, lingerMs, fullSamples } = this.#options;
    while (this.#waiting.length > 0) {
      if (this.#samples < fullSamples && lingerMs > 0 && !this.#isClosing) await this.#linger(lingerMs);
      const batch = this.#take();
      try {
        await store(batch.map(({ samples }) => samples));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = null;
  }

  async #linger(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#hurry = null;
  }

  /** Resolves when nothing waits any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#hurry?.();
    await this.#flushing;
  }
}
