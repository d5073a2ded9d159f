// What many replicas need of one store, from what some were measured to need. Times are microseconds of the store's one thread,
// amounts are bytes; a rate is a second's.

// measured: { answer: a replica's own processor time for one, counted: what a counting rule adds to that,
//   entry: the store's for one request in a journal, batch: for one script that writes some of them, batches: such scripts a second
//   at most, by one replica, take: for a counting rule, change: for a change, acknowledged: and for each replica that hears of it,
//   beat: for a replica that only lives, a second, beatOfEach: and for each other replica,
//   bytes: to the store for one request in a journal, takeBytes: both ways for a counting rule }

// The store's time of a second, for so many replicas with so many answers a second each. `counting`: the share of answers that
// a counting rule decides. `changes`: of all replicas together. `together`: how many requests one script writes at least.
export function storeLoad(measured, { replicas, rate, counting = 0, changes = 0, together = 1 }) {
  const all = replicas * rate;
  const scripts = replicas * Math.min(rate / together, measured.batches);
  return {
    journal: all * measured.entry + scripts * measured.batch,
    counting: all * counting * measured.take,
    changes: changes * (measured.change + replicas * measured.acknowledged),
    heartbeats: replicas * (measured.beat + replicas * measured.beatOfEach),
  };
}

export const sum = (load) => Object.values(load).reduce((a, b) => a + b, 0);

// A replica has one script under way at a time: where the store is busy, so many requests gather meanwhile.
const gathered = 100;

// How long a request waits at most until it is written, where all replicas write so many at a time: one turn of all, in
// microseconds.
export const turnOf = (measured, replicas) => replicas * (measured.batch + gathered * measured.entry);

// The rate of one replica at which a resource is used up: the store's processor, a processor of the replica's own, and the store's
// network. → { rate, all, ends: the name of the resource, load: storeLoad() there }
export function limitOf(measured, { replicas, counting = 0, changes = 0, network = 1.25e9 }) {
  const own = 1e6 / (measured.answer + counting * measured.counted);
  const wire = network / (replicas * (measured.bytes + counting * measured.takeBytes));
  let [low, high] = [0, Math.min(own, wire)];
  const at = (rate) => storeLoad(measured, { replicas, rate, counting, changes, together: gathered });
  let ends = own <= wire ? "a processor of each replica" : "the store's network";
  if (sum(at(high)) > 1e6) {
    ends = "the store's processor";
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (sum(at(middle)) > 1e6) high = middle;
      else low = middle;
    }
    high = low;
  }
  return { rate: high, all: high * replicas, ends, load: at(high) };
}

// How many changes a second use up the store alone, with nothing else going on.
export const changesAtMost = (measured, replicas) =>
  (1e6 - storeLoad(measured, { replicas, rate: 0 }).heartbeats) / (measured.change + replicas * measured.acknowledged);

// The a and b of y = a + b·x, neither below 0, with the least squares of what each point is off by, as a share of its y.
export function line(points) {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const weight = 1 / y ** 2;
    w += weight;
    wx += weight * x;
    wxx += weight * x * x;
    wy += weight * y;
    wxy += weight * x * y;
  }
  const b = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  const a = (wy - b * wx) / w;
  if (b < 0) return { a: wy / w, b: 0 };
  if (a < 0) return { a: 0, b: wxy / wxx };
  return { a, b };
}
