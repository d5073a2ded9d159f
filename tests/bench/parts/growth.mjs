// What grows: rules added at run time, readers of events, a journal that is listed, and spaces in use.

import { connect } from "node:net";
import { once } from "node:events";
import { byWork, load, ratio } from "../load.mjs";
import { check } from "../report.mjs";
import { startMock } from "../servers.mjs";

export async function measureGrowth(options) {
  const checks = [];
  for (const measure of [measureAddedRules, measureReaders, measureListing, measureSpaces]) checks.push(...(await measure(options)));
  return { checks };
}

const megabytes = (server) => server.memory() / 1024;

async function measureAddedRules({ seconds, rounds, tell }) {
  const [batches, inBatch] = [5, 1000];
  const [ruled, plain] = [await startMock(), await startMock()];
  const costs = [];
  for (let batch = 0; batch < batches; ++batch) {
    tell(`${batch * inBatch} rules added`);
    const before = ruled.processorTime();
    for (let i = 0; i < inBatch; ++i) await ruled.ask("POST", "/_mock/rules", { when: { consumer_id: `customer-${batch}-${i}` }, respond: { error: 402 } });
    costs.push(((ruled.processorTime() - before) / inBatch) * 1e6);
  }
  const [many, none] = [[], []];
  for (let round = 0; round < rounds; ++round) {
    many.push(await load(ruled, { connections: 8, seconds }));
    none.push(await load(plain, { connections: 8, seconds }));
  }
  for (const server of [ruled, plain]) await server.stop();
  const [first, last] = [costs[0], costs.at(-1)];
  return [
    check(`5,000 rules added at run time: one of the last thousand (${last.toFixed(0)} µs), of one of the first`, last / first, { most: 2 }),
    check("by processor time: a session with these, of one without", byWork(many, none), { least: 0.8 }),
  ];
}

// Reads and drops what comes.
async function readEvents(server) {
  const socket = connect(server.port, "127.0.0.1");
  socket.write("GET /_mock/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await once(socket, "data");
  socket.resume();
  return socket;
}

async function measureReaders({ seconds, rounds, tell }) {
  const server = await startMock();
  const ask = () => load(server, { connections: 8, seconds });
  const [alone, read] = [[], []];
  for (let round = 1; round <= rounds; ++round) {
    tell(`100 readers of events, round ${round}`);
    alone.push(await ask());
    const readers = await Promise.all(Array.from({ length: 100 }, () => readEvents(server)));
    read.push(await ask());
    for (const reader of readers) reader.destroy();
  }
  await server.stop();
  return [check(`100 readers of events: sessions by processor time, of those without readers (by rate ${ratio(read, alone).toFixed(2)})`, byWork(read, alone), { least: 0.9 })];
}

// Lists the journal page by page, as a client does that wants all of it. → how many requests it has
async function listAll(server) {
  let [count, cursor] = [0, ""];
  do {
    const page = await server.ask("GET", `/_mock/requests?limit=1000${cursor}`);
    count += page.requests.length;
    cursor = page.next ? `&cursor=${page.next}` : undefined;
  } while (cursor);
  return count;
}

async function measureListing({ seconds, tell }) {
  tell("the whole journal");
  const server = await startMock();
  const sessions = await load(server, { connections: 8, seconds });
  const [times, memory, work] = [20, megabytes(server), server.processorTime()];
  let count = 0;
  for (let i = 0; i < times; ++i) count = await listAll(server);
  const micros = ((server.processorTime() - work) / times / count) * 1e6;
  const grown = megabytes(server) - memory;
  await server.stop();
  return [
    check(`a journal of ${count} listed: processor time of one request in it, of a session`, micros / sessions.micros, { digits: 1 }),
    check(`memory that stays when it was listed ${times} times`, grown, { most: 16, unit: "MB", digits: 1 }),
  ];
}

// The allocator has a heap for each thread, and keeps there what was freed: so it is more than is kept in the spaces.
async function measureSpaces({ seconds, rounds, tell }) {
  const server = await startMock();
  tell("1,000 busy spaces");
  const run = () => load(server, { connections: 8, seconds: 3 * seconds, kind: "spaces" });
  for (let round = 0; round < 3; ++round) await run();
  const early = megabytes(server);
  let answered = 0;
  for (let round = 0; round < rounds; ++round) answered += (await run()).requests;
  const late = megabytes(server);
  const { spaces } = await server.ask("GET", "/_mock/spaces?limit=1000");
  const kept = spaces.reduce((sum, space) => sum + space.memory.used, 0) / 2 ** 20;
  await server.stop();
  return [
    check(`what ${spaces.length} busy spaces keep, within --memory, which is 128 MB`, kept, { most: 144, unit: "MB", digits: 0 }),
    check("the program's memory then", late, { most: 512, unit: "MB", digits: 0 }),
    check(`the same, of what it was ${answered} requests before`, late / early, { most: 1.5 }),
  ];
}
