/** What was made for a key, kept while the key is among those used last. */
export class RecentlyUsed<K, V> {
  private readonly values = new Map<K, V>();
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get(key: K): V | undefined {
    const value = this.values.get(key);
    if (value !== undefined) {
      this.values.delete(key);
      this.values.set(key, value);
    }
    return value;
  }

  /** Adds a value and takes out those that no longer fit, oldest use first. */
  set(key: K, value: V): V[] {
    this.values.set(key, value);
    const surplus = [...this.values.keys()].slice(0, Math.max(0, this.values.size - this.capacity));
    return surplus.map((oldest) => this.take(oldest)!);
  }

  /** Takes a value out. */
  take(key: K): V | undefined {
    const value = this.values.get(key);
    this.values.delete(key);
    return value;
  }

  /** Takes everything out. */
  takeAll(): V[] {
    const all = [...this.values.values()];
    this.values.clear();
    return all;
  }
}
