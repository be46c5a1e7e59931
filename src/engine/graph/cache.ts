/** Graphs by what they were lowered from, so that backends see one object again and compile it once. */
export class GraphCache<G> {
  private readonly graphs = new Map<string, G>();
  private readonly capacity: number;

  /** Keeps the `capacity` graphs used last. */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get(key: string, lower: () => G): G {
    const graph = this.graphs.get(key) ?? lower();
    this.graphs.delete(key);
    this.graphs.set(key, graph);
    for (const oldest of this.graphs.keys()) {
      if (this.graphs.size <= this.capacity) break;
      this.graphs.delete(oldest);
    }
    return graph;
  }
}
